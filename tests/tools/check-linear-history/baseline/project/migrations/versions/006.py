"""change f6a7b8c9

Revision ID: f6a7b8c9
Revises: e5f6a7b8
Create Date: 2024-01-01

"""

revision = "f6a7b8c9"
down_revision = "e5f6a7b8"


def upgrade():
    pass
