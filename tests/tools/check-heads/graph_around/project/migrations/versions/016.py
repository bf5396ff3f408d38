"""change r0160

Revision ID: r0160
Revises: r0150
Create Date: 2024-01-16 10:00:00.000000

"""

revision = "r0160"
down_revision = "r0150"


def upgrade():
    pass
