"""Exchange the constraint for an index."""

from alembic import op

revision = "113fbdcdaf75"
down_revision = "1b889cb25c01"


def upgrade() -> None:
    op.drop_constraint("uq_orders_reference", "orders", type_="unique")
    op.create_index("uq_orders_reference", "orders", ["reference"], unique=True)
    op.drop_index("uq_orders_reference", table_name="orders")
