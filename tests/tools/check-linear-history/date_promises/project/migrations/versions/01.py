"""change r01

Revision ID: r01
Revises: r00
Create Date: 2024-01-05 10:00:00

"""

revision = "r01"
down_revision = "r00"


def upgrade():
    pass
