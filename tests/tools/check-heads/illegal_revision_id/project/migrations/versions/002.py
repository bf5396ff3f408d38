"""change b2c3d4e5

Revision ID: b2c3d4e5
Revises: 2024-01-01
Create Date: 2024-01-02 10:00:00.000000

"""

revision = "b2c3d4e5"
down_revision = "2024-01-01"


def upgrade():
    pass
