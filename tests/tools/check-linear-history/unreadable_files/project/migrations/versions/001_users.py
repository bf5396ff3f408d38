"""add users

Revision ID: a1b2c3d4
Revises:
Create Date: 2024-01-01 10:00:00.000000

"""

revision = "a1b2c3d4"
down_revision = None


def upgrade():
    pass
