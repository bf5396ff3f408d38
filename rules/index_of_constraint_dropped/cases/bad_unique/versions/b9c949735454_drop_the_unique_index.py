"""Drop the unique index."""

from alembic import op

revision = "b9c949735454"
down_revision = "8e5a03c4732a"


def upgrade() -> None:
    op.drop_index("uq_orders_reference", table_name="orders")
