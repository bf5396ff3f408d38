"""change r00

Revision ID: r00
Revises:
Create Date: 2024-01-09 10:00:00

"""

revision = "r00"
down_revision = None


def upgrade():
    pass
