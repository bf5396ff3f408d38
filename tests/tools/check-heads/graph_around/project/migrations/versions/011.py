"""change r0110

Revision ID: r0110
Revises: r0100
Create Date: 2024-01-11 10:00:00.000000

"""

revision = "r0110"
down_revision = "r0100"


def upgrade():
    pass
