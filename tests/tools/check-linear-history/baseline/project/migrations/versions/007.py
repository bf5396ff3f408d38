"""change a7b8c9d0

Revision ID: a7b8c9d0
Revises: b2c3d4e5
Create Date: 2024-02-01

"""

revision = "a7b8c9d0"
down_revision = "b2c3d4e5"


def upgrade():
    pass
