"""Add a column if it is not there."""

from alembic import op

revision = "89461f3ff2f9"
down_revision = "d8149d4e2b96"


def upgrade() -> None:
    op.execute("SET lock_timeout = '3s'")
    op.execute("ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text")
    with op.get_context().autocommit_block():
        op.drop_index("ix_orders_note", table_name="orders", if_exists=True, postgresql_concurrently=True)
        op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)
