"""merge the two

Revision ID: e5f6a7b8
Revises: c3d4e5f6, d4e5f6a7
Create Date: 2024-01-05 10:00:00.000000

"""

revision = "e5f6a7b8"
down_revision = ("c3d4e5f6", "d4e5f6a7")
branch_labels = "main"


def upgrade():
    pass
