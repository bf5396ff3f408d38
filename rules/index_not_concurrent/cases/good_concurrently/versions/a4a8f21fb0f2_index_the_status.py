"""Index the status."""

from alembic import op

revision = "a4a8f21fb0f2"
down_revision = "2b082b1d0565"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_status", "orders", ["status"], postgresql_concurrently=True)
