"""Exchange an index."""

from alembic import op

revision = "07a93fac67a1"
down_revision = "2860600bda45"


def upgrade() -> None:
    op.create_index("ix_orders_reference", "orders", ["reference"], postgresql_concurrently=True)
    op.drop_index("ix_orders_status", table_name="orders", postgresql_concurrently=True)
