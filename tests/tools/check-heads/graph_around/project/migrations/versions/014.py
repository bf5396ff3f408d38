"""change r0140

Revision ID: r0140
Revises: r0130
Create Date: 2024-01-14 10:00:00.000000

"""

revision = "r0140"
down_revision = "r0130"


def upgrade():
    pass
