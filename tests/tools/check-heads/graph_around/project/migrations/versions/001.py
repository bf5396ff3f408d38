"""change r0010

Revision ID: r0010
Revises:
Create Date: 2024-01-01 10:00:00.000000

"""

revision = "r0010"
down_revision = None


def upgrade():
    pass
