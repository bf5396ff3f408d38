"""change d4

Revision ID: d4
Revises: b2, c3
Create Date: 2024-01-01 10:00:00.000000

"""

revision = "d4"
down_revision = ("b2", "c3")


def upgrade():
    pass
