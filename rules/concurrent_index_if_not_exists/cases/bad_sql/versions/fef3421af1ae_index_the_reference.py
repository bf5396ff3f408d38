"""Index the reference."""

from alembic import op

revision = "fef3421af1ae"
down_revision = "271bb1757a60"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_orders_reference ON orders (reference)")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_orders_reference_old")
