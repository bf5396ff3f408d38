"""Index the orders"""

from alembic import op

revision = "3d991b34d2b3"
down_revision = "db089a9b823c"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = '2s'; CREATE INDEX CONCURRENTLY ix_orders_status ON orders (status)")
        op.execute(
            """
            CREATE INDEX CONCURRENTLY ix_orders_user ON orders (user_id);
            CREATE INDEX CONCURRENTLY ix_orders_total ON orders (total);
            """
        )
