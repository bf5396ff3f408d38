"""change r0100

Revision ID: r0100
Revises: r0090
Create Date: 2024-01-10 10:00:00.000000

"""

revision = "r0100"
down_revision = "r0090"


def upgrade():
    pass
