"""change r0070

Revision ID: r0070
Revises: r0060
Create Date: 2024-01-07 10:00:00.000000

"""

revision = "r0070"
down_revision = "r0060"


def upgrade():
    pass
