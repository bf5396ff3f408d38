"""change r0050

Revision ID: r0050
Revises: r0040
Create Date: 2024-01-05 10:00:00.000000

"""

revision = "r0050"
down_revision = "r0040"


def upgrade():
    pass
