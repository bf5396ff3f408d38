"""Add a unique constraint."""

from alembic import op

revision = "6c5d262d86c3"
down_revision = "c128e282386c"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("uq_orders_status", "orders", ["status"], unique=True, postgresql_concurrently=True)
    op.execute("ALTER TABLE orders ADD CONSTRAINT uq_orders_status UNIQUE USING INDEX uq_orders_status")
