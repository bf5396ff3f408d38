"""change right

Revision ID: right
Revises: joined
Create Date: 2024-01-06 10:00:00

"""

revision = "right"
down_revision = "joined"


def upgrade():
    pass
