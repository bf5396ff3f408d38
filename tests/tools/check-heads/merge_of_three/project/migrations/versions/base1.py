"""change base1

Revision ID: base1
Revises:
Create Date: 2024-01-01 10:00:00

"""

revision = "base1"
down_revision = None


def upgrade():
    pass
