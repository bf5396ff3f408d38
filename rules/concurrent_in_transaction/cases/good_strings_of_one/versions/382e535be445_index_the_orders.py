"""Index the orders"""

from alembic import op

revision = "382e535be445"
down_revision = "56bb1242ce73"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = '2s'")
        op.execute("CREATE INDEX CONCURRENTLY ix_orders_status ON orders (status);\n-- that is all")
        op.execute("BEGIN")
        op.execute("UPDATE orders SET total = 0 WHERE id = 1")
        op.execute("COMMIT")
        op.execute("CREATE INDEX CONCURRENTLY ix_orders_total ON orders (total)")
        op.execute("RESET lock_timeout")
