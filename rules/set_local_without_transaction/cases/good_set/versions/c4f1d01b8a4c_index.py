"""Index"""

from alembic import op

revision = "c4f1d01b8a4c"
down_revision = "2238c115e541"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = '3s'")
        op.create_index("ix_orders_status", "orders", ["status"], postgresql_concurrently=True)
        op.execute("RESET lock_timeout")
