"""Index it again."""

from alembic import op

revision = "ee8e06e25512"
down_revision = "8aa2bd6fc1e1"


def upgrade() -> None:
    op.create_index("ix_orders_status", "orders", ["status"], if_not_exists=True)
