"""change r009

Revision ID: r009
Revises: r008
Create Date: 2024-01-03T10:00:00.9Z

"""

revision = "r009"
down_revision = "r008"


def upgrade():
    pass
