"""change abcd0001

Revision ID: abcd0001
Revises:
Create Date: 2024-01-01 10:00:00.000000

"""

revision = "abcd0001"
down_revision = None


def upgrade():
    pass
