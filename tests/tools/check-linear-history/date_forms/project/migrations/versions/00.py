"""change r000

Revision ID: r000
Revises:
Create Date: 2024-01-01

"""

revision = "r000"
down_revision = None


def upgrade():
    pass
