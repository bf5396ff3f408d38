"""Index the status."""

from alembic import op

revision = "483bd53f41ff"
down_revision = "e1cb7dafcbfc"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_status", "orders", ["status"], postgresql_concurrently=True)
