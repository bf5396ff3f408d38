"""change a1

Revision ID: a1
Revises:
Create Date: 2024-01-03 10:00:00

"""

revision = "a1"
down_revision = None
branch_labels = ["audit"]
depends_on = "c2"


def upgrade():
    pass
