"""change r02

Revision ID: r02
Revises: r01
Create Date: 2024-01-03 10:00:00

"""

revision = "r02"
down_revision = "r01"


def upgrade():
    pass
