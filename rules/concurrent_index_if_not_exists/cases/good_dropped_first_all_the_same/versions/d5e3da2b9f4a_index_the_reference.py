"""Index the reference."""

from alembic import op

revision = "d5e3da2b9f4a"
down_revision = "0f1ef559db41"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_orders_reference")
        op.execute("CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_orders_reference ON orders (reference)")
