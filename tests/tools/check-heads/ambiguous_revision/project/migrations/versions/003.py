"""change ffff0003

Revision ID: ffff0003
Revises: abcd
Create Date: 2024-01-03 10:00:00.000000

"""

revision = "ffff0003"
down_revision = "abcd"


def upgrade():
    pass
