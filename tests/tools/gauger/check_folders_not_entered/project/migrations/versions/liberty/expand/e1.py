"""change e1

Revision ID: e1
Revises: start
Create Date: 2024-01-01 10:00:00.000000

"""

revision = "e1"
down_revision = "start"


def upgrade():
    pass
