"""Validate it."""

from alembic import op

revision = "01fb31cf238e"
down_revision = "ccf0bd5907ae"


def upgrade() -> None:
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total")
    op.alter_column("orders", "total", server_default="0")
