"""Go left."""

from alembic import op

revision = "bbbbbbbbbbbb"
down_revision = "aaaaaaaaaaaa"


def upgrade() -> None:
    op.create_index("ix_orders_left", "orders", ["left"])
