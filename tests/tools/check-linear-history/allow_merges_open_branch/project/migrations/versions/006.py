"""change f6a7b8c9

Revision ID: f6a7b8c9
Revises: a1b2c3d4
Create Date: 2024-01-06 10:00:00.000000

"""

revision = "f6a7b8c9"
down_revision = "a1b2c3d4"


def upgrade():
    pass
