"""rebased

Revision ID: d4e5f6a7
Revises: c3d4e5f6
Create Date: 2023-12-01 10:00:00

"""

revision = "d4e5f6a7"
down_revision = "c3d4e5f6"


def upgrade():
    pass
