"""change r0080

Revision ID: r0080
Revises: r0070
Create Date: 2024-01-08 10:00:00.000000

"""

revision = "r0080"
down_revision = "r0070"


def upgrade():
    pass
