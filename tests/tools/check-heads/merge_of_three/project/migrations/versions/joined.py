"""change joined

Revision ID: joined
Revises: base1, base2
Create Date: 2024-01-03 10:00:00

"""

revision = "joined"
down_revision = ("base1", "base2")


def upgrade():
    pass
