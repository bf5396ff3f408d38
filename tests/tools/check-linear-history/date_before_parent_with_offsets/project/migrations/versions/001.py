"""change a1b2c3d4

Revision ID: a1b2c3d4
Revises:
Create Date: 2024-01-01T12:00:00+00:00

"""

revision = "a1b2c3d4"
down_revision = None


def upgrade():
    pass
