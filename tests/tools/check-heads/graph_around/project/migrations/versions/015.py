"""change r0150

Revision ID: r0150
Revises: r0140
Create Date: 2024-01-15 10:00:00.000000

"""

revision = "r0150"
down_revision = "r0140"


def upgrade():
    pass
