"""change a1

Revision ID: a1
Revises:
Create Date: 2024-01-01 10:00:00.000000

"""

revision = "a1"
down_revision = None


def upgrade():
    pass
