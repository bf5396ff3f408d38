"""Exchange an index under locks."""

from alembic import op

revision = "a36361a61446"
down_revision = "7437bb0c2478"


def upgrade() -> None:
    op.create_index("ix_orders_reference", "orders", ["reference"], postgresql_concurrently=False)
    op.drop_index("ix_orders_status", table_name="orders")
    op.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY totals")
