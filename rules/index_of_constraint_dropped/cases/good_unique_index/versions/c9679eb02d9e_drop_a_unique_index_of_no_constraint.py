"""Drop a unique index of no constraint."""

from alembic import op

revision = "c9679eb02d9e"
down_revision = "7293952fc7ea"


def upgrade() -> None:
    op.create_index("uq_orders_status", "orders", ["status", "reference"], unique=True)
    op.drop_index("uq_orders_status", table_name="orders")
    op.drop_index("ix_orders_status_id", table_name="orders")
