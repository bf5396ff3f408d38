"""Create the shop."""

import sqlalchemy as sa
from alembic import op

revision = "8aa2bd6fc1e1"
down_revision = None


def upgrade() -> None:
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("status", sa.Text()))
    op.create_index("ix_orders_status", "orders", ["status"])
