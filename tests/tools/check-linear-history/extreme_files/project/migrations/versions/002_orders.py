"""add orders

Revision ID: b2c3d4e5
Revises: a1b2c3d4
Create Date: 2024-01-02 10:00:00.000000

"""

revision = "b2c3d4e5"
down_revision = "a1b2c3d4"


def upgrade():
    pass
