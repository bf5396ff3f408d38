"""Drop an index and another column."""

from alembic import op

revision = "f36557792f58"
down_revision = "36e5948016e3"


def upgrade() -> None:
    op.drop_index("ix_orders_status", table_name="orders")
    op.drop_column("orders", "reference")
