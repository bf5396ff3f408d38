"""Make an index and think again."""

from alembic import op

revision = "2044ff609768"
down_revision = "4501eb1e6513"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_reference", "orders", ["reference"], postgresql_concurrently=True)
    op.drop_index("ix_orders_reference", table_name="orders")
