"""Index"""

from alembic import op

revision = "7f7fb2104036"
down_revision = "dcc6a30a9b2b"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("SET LOCAL lock_timeout = '3s'")
        op.create_index("ix_orders_status", "orders", ["status"], postgresql_concurrently=True)
