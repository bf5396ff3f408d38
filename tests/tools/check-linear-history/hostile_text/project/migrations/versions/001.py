"""change a1

Revision ID: a1
Revises:
Create Date: 2024-05-01 10:00:00

"""

revision = "a1"
down_revision = None


def upgrade():
    pass
