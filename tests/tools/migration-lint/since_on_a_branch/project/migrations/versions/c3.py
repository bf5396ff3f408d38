"""change c3

Revision ID: c3
Revises: a1
Create Date: 2024-01-01 10:00:00.000000

"""

from alembic import op

revision = "c3"
down_revision = "a1"


def upgrade():
    op.drop_column("orders", "right")
