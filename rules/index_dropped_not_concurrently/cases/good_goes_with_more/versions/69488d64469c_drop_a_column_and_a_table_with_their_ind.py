"""Drop a column and a table with their indexes."""

from alembic import op

revision = "69488d64469c"
down_revision = "4f664c676d91"


def upgrade() -> None:
    op.drop_index("ix_orders_status", table_name="orders")
    op.drop_index("ix_orders_open", table_name="orders")
    op.drop_column("orders", "status")
    op.drop_table("orders")
