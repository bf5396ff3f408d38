"""change c2

Revision ID: c2
Revises: c1
Create Date: 2024-01-02 10:00:00

"""

revision = "c2"
down_revision = "c1"


def upgrade():
    pass
