"""add vat

Revision ID: f6a7b8c9
Revises: c3d4e5f6
Create Date: 2024-01-06 10:00:00.000000

"""

revision = "f6a7b8c9"
down_revision = "c3d4e5f6"


def upgrade():
    pass
