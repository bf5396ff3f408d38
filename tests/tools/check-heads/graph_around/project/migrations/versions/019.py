"""change r0190

Revision ID: r0190
Revises: r0180
Create Date: 2024-01-19 10:00:00.000000

"""

revision = "r0190"
down_revision = "r0180"


def upgrade():
    pass
