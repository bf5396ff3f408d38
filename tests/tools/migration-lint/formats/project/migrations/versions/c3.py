"""change c3

Revision ID: c3
Revises: b2
Create Date: 2024-01-01 10:00:00.000000

"""

revision = "c3"
down_revision = "b2"


def upgrade():
    # destructive: approved nothing
    pass
