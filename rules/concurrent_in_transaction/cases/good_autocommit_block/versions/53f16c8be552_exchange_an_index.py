"""Exchange an index."""

from alembic import op

revision = "53f16c8be552"
down_revision = "4b65e098efff"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_reference", "orders", ["reference"], postgresql_concurrently=True)
        op.drop_index("ix_orders_status", table_name="orders", postgresql_concurrently=True)
        op.execute("REINDEX INDEX CONCURRENTLY ix_orders_reference")
