"""change e5f6a7b8

Revision ID: e5f6a7b8
Revises: a1b2c3d4, zzzz
Create Date: 2024-01-05 10:00:00.000000

"""

revision = "e5f6a7b8"
down_revision = ("a1b2c3d4", "zzzz")


def upgrade():
    pass
