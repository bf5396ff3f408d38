"""change r0200

Revision ID: r0200
Revises: r0190
Create Date: 2024-01-20 10:00:00.000000

"""

revision = "r0200"
down_revision = "r0190"


def upgrade():
    pass
