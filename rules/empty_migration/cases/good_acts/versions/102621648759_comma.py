"""Act by a stray comma."""

from alembic import op

revision = "102621648759"
down_revision = "32894673a66b"


def upgrade() -> None:
    op.create_index("ix_orders_total", "orders", ["total"]),
