"""add items

Revision ID: c3d4e5f6
Revises: b2c3d4e5
Create Date: 2024-01-03 10:00:00.000000

"""

revision = "c3d4e5f6"
down_revision = "b2c3d4e5"


def upgrade():
    pass
