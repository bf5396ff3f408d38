"""Demand single references."""

from alembic import op

revision = "5b032592502c"
down_revision = "5e1624d0ae1f"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("uq_orders_reference", "orders", ["reference"], unique=True, postgresql_concurrently=True)
    op.execute("ALTER TABLE orders ADD CONSTRAINT uq_orders_reference UNIQUE USING INDEX uq_orders_reference")
