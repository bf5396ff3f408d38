"""Index"""

from alembic import op

revision = "c2e57559a1c5"
down_revision = "202c6653fcba"


def upgrade() -> None:
    op.create_index("ix_orders_user_status", "orders", ["user_id", "status"])
    op.create_index("ix_orders_total", "orders", ["total"])
