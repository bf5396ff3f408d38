"""change r0120

Revision ID: r0120
Revises: r0110
Create Date: 2024-01-12 10:00:00.000000

"""

revision = "r0120"
down_revision = "r0110"


def upgrade():
    pass
