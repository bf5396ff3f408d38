"""Index the status."""

from alembic import op

revision = "c5ff39749d42"
down_revision = "af76420c9043"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_status", "orders", ["status"], postgresql_concurrently=True)
