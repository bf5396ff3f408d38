"""change m1

Revision ID: m1
Revises: e1
Create Date: 2024-01-01 10:00:00.000000

"""

revision = "m1"
down_revision = "e1"


def upgrade():
    pass
