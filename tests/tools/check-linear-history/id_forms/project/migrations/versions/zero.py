"""change 0

Revision ID: 0
Revises:
Create Date: 2024-01-01 10:00:00

"""

revision = "0"
down_revision = None


def upgrade():
    pass
