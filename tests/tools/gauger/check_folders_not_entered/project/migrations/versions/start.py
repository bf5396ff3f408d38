"""change start

Revision ID: start
Revises:
Create Date: 2024-01-01 10:00:00.000000

"""

revision = "start"
down_revision = None


def upgrade():
    pass
