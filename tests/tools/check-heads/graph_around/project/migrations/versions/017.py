"""change r0170

Revision ID: r0170
Revises: r0160
Create Date: 2024-01-17 10:00:00.000000

"""

revision = "r0170"
down_revision = "r0160"


def upgrade():
    pass
