"""Index the orders"""

from alembic import op

revision = "0eabf8d47379"
down_revision = "0e534999a816"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("DO $$ BEGIN CREATE INDEX CONCURRENTLY ix_orders_status ON orders (status); END $$")
