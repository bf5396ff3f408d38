"""its parent cannot be read

Revision ID: e5f6a7b8
Revises: d4
Create Date: 2024-01-04 10:00:00.000000

"""

revision = "e5f6a7b8"
down_revision = "d4"


def upgrade():
    pass
