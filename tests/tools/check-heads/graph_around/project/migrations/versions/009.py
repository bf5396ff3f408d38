"""change r0090

Revision ID: r0090
Revises: r0080
Create Date: 2024-01-09 10:00:00.000000

"""

revision = "r0090"
down_revision = "r0080"


def upgrade():
    pass
