"""after

Revision ID: f6a7b8c9
Revises: e5f6a7b8
Create Date: 2024-01-06 10:00:00.000000

"""

revision = "f6a7b8c9"
down_revision = "e5f6a7b8"
depends_on = "a1b2c3d4"


def upgrade():
    pass
