"""Index once more."""

from alembic import op

revision = "f029439ad7ac"
down_revision = "f70c7f9e1307"


def upgrade() -> None:
    op.create_index("ix_orders_reference", "orders", ["reference"])
    op.create_index("ix_orders_by_status", "orders", ["status", "id"])
