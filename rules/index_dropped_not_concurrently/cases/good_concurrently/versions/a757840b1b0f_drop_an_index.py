"""Drop an index."""

from alembic import op

revision = "a757840b1b0f"
down_revision = "e8b093a9cde1"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_orders_status", table_name="orders", postgresql_concurrently=True)
