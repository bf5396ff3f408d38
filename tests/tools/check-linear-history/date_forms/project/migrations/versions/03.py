"""change r003

Revision ID: r003
Revises: r002
Create Date: 2024-01-03 10:00:00.5

"""

revision = "r003"
down_revision = "r002"


def upgrade():
    pass
