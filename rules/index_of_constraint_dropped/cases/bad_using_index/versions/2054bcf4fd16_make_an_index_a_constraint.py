"""Make an index a constraint."""

from alembic import op

revision = "2054bcf4fd16"
down_revision = "a5ce97a49575"


def upgrade() -> None:
    op.create_index("uq_orders_status", "orders", ["status", "reference"], unique=True)
    op.execute("ALTER TABLE orders ADD CONSTRAINT uq_orders_status UNIQUE USING INDEX uq_orders_status")
    op.drop_index("uq_orders_status", table_name="orders")
