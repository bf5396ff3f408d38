"""change c3d4e5f6

Revision ID: c3d4e5f6
Revises: a1b2c3d4
Create Date: 2024-01-03 10:00:00.000000

"""

revision = "c3d4e5f6"
down_revision = "a1b2c3d4"


def upgrade():
    pass
