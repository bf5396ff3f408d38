"""change r0180

Revision ID: r0180
Revises: r0170
Create Date: 2024-01-18 10:00:00.000000

"""

revision = "r0180"
down_revision = "r0170"


def upgrade():
    pass
