"""Refer to customers."""

from alembic import op

revision = "cd9289218db9"
down_revision = "5d05e5db86dd"


def upgrade() -> None:
    op.create_foreign_key(
        "fk_orders_customer_id", "orders", "customers", ["customer_id"], ["id"], postgresql_not_valid=True
    )
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE orders VALIDATE CONSTRAINT fk_orders_customer_id")
