"""change r0020

Revision ID: r0020
Revises: r0010
Create Date: 2024-01-02 10:00:00.000000

"""

revision = "r0020"
down_revision = "r0010"


def upgrade():
    pass
