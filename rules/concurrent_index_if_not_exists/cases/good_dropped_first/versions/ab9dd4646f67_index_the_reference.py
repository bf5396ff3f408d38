"""Index the reference."""

from alembic import op

revision = "ab9dd4646f67"
down_revision = "dd105e5ff769"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_orders_reference", table_name="orders", if_exists=True, postgresql_concurrently=True)
        op.create_index("ix_orders_reference", "orders", ["reference"], postgresql_concurrently=True)
