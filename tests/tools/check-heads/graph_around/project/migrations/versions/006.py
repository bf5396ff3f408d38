"""change r0060

Revision ID: r0060
Revises: r0050
Create Date: 2024-01-06 10:00:00.000000

"""

revision = "r0060"
down_revision = "r0050"


def upgrade():
    pass
