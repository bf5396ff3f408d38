"""Exchange an index."""

from alembic import op

revision = "c519a557206b"
down_revision = "df8ff35802dc"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_by_status", "orders", ["status", "id"], postgresql_concurrently=True)
        op.drop_index("ix_orders_status_id", table_name="orders", postgresql_concurrently=True)
