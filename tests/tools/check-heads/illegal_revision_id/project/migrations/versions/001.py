"""change 2024-01-01

Revision ID: 2024-01-01
Revises:
Create Date: 2024-01-01 10:00:00.000000

"""

revision = "2024-01-01"
down_revision = None


def upgrade():
    pass
