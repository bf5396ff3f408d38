"""change c3d4e5f6

Revision ID: c3d4e5f6
Revises: main
Create Date: 2024-01-03 10:00:00.000000

"""

revision = "c3d4e5f6"
down_revision = "main"


def upgrade():
    pass
