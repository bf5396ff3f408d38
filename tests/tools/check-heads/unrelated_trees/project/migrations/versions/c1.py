"""change c1

Revision ID: c1
Revises:
Create Date: 2024-01-01 10:00:00.000000

"""

revision = "c1"
down_revision = None
branch_labels = ("core",)


def upgrade():
    pass
