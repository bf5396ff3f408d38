"""change e5f6a7b8

Revision ID: e5f6a7b8
Revises: b2c3d4e5
Create Date: 2024-01-05 10:00:00.000000

"""

revision = "e5f6a7b8"
down_revision = "b2c3d4e5"


def upgrade():
    pass
