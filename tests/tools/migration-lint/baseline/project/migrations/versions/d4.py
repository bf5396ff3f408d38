"""change d4

Revision ID: d4
Revises: c3
Create Date: 2024-01-01 10:00:00.000000

"""

from alembic import op

revision = "d4"
down_revision = "c3"


def upgrade():
    op.drop_column("orders", "four")
