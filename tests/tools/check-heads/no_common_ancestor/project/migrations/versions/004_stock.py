"""start again

Revision ID: d4e5f6a7
Revises:
Create Date: 2024-01-09 10:00:00

"""

revision = "d4e5f6a7"
down_revision = None


def upgrade():
    pass
