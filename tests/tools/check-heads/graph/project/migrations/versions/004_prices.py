"""add prices

Revision ID: d4e5f6a7
Revises: b2c3d4e5
Create Date: 2024-01-09 10:00:00.000000

"""

revision = "d4e5f6a7"
down_revision = "b2c3d4e5"


def upgrade():
    pass
