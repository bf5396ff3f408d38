"""change mid

Revision ID: mid
Revises: joined
Create Date: 2024-01-05 10:00:00

"""

revision = "mid"
down_revision = "joined"


def upgrade():
    pass
