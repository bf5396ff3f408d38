"""change e5f6a7b8

Revision ID: e5f6a7b8
Revises: d4e5f6a7
Create Date: 2024-01-03 12:00:00+02:00

"""

revision = "e5f6a7b8"
down_revision = "d4e5f6a7"


def upgrade():
    pass
