"""Index the status."""

from alembic import op

revision = "697a83aafa23"
down_revision = "89c54c2068e8"


def upgrade() -> None:
    op.create_index("ix_orders_status", "orders", ["status"])
    op.execute("CREATE UNIQUE INDEX ON orders (customer_id) WHERE status = 'open'")
    with op.batch_alter_table("orders") as batch_op:
        batch_op.create_index("ix_orders_customer_id", ["customer_id"])
