"""Act under a condition."""

import sqlalchemy as sa
from alembic import op

revision = "874bcd032658"
down_revision = "7f555979de50"


def upgrade() -> None:
    if not sa.inspect(op.get_bind()).has_table("orders"):
        return
    op.create_index("ix_orders_paid", "orders", ["paid"])
