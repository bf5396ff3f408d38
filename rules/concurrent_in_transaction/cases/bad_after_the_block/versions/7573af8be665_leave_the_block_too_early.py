"""Leave the block too early."""

from alembic import op

revision = "7573af8be665"
down_revision = "a95b891b030d"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_reference", "orders", ["reference"], postgresql_concurrently=True)
    op.drop_index("ix_orders_status", table_name="orders", postgresql_concurrently=True)
