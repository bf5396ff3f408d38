"""change a2

Revision ID: a2
Revises: a1
Create Date: 2024-01-04 10:00:00

"""

revision = "a2"
down_revision = "a1"


def upgrade():
    pass
