"""Index the orders"""

from alembic import op

revision = "f4718c1d2794"
down_revision = "674c715fe19a"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("BEGIN")
        op.create_index("ix_orders_status", "orders", ["status"], postgresql_concurrently=True)
        op.execute("COMMIT")
