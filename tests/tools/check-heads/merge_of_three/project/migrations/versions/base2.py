"""change base2

Revision ID: base2
Revises:
Create Date: 2024-01-02 10:00:00

"""

revision = "base2"
down_revision = None


def upgrade():
    pass
