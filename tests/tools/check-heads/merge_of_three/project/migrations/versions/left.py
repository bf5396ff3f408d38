"""change left

Revision ID: left
Revises: joined
Create Date: 2024-01-04 10:00:00

"""

revision = "left"
down_revision = "joined"


def upgrade():
    pass
