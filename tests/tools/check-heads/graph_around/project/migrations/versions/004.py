"""change r0040

Revision ID: r0040
Revises: r0030
Create Date: 2024-01-04 10:00:00.000000

"""

revision = "r0040"
down_revision = "r0030"


def upgrade():
    pass
