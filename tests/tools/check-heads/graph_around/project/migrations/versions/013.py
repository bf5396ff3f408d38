"""change r0130

Revision ID: r0130
Revises: r0120
Create Date: 2024-01-13 10:00:00.000000

"""

revision = "r0130"
down_revision = "r0120"


def upgrade():
    pass
