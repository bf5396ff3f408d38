"""change r0030

Revision ID: r0030
Revises: r0020
Create Date: 2024-01-03 10:00:00.000000

"""

revision = "r0030"
down_revision = "r0020"


def upgrade():
    pass
