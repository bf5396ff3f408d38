"""Refer to customers."""

from alembic import op

revision = "5061a78bec4e"
down_revision = "4f72c9daff16"


def upgrade() -> None:
    op.create_foreign_key(
        "fk_orders_customer_id", "orders", "customers", ["customer_id"], ["id"], postgresql_not_valid=True
    )
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT fk_orders_customer_id")
