"""change b2c3d4e5

Revision ID: b2c3d4e5
Revises: a1b2c3d4

"""

revision = "b2c3d4e5"
down_revision = "a1b2c3d4"


def upgrade():
    pass
