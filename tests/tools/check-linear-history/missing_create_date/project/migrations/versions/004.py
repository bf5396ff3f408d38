"""change d4e5f6a7

Revision ID: d4e5f6a7
Revises: c3d4e5f6

"""

revision = "d4e5f6a7"
down_revision = "c3d4e5f6"


def upgrade():
    pass
