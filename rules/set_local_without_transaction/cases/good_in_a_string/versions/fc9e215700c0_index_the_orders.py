"""Index the orders"""

from alembic import op

revision = "fc9e215700c0"
down_revision = "3a2011f5ac39"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("SET LOCAL lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN note text")
        op.execute("BEGIN")
        op.execute("SET LOCAL lock_timeout = '2s'")
        op.execute("ALTER TABLE orders ADD COLUMN place text")
        op.execute("COMMIT")
