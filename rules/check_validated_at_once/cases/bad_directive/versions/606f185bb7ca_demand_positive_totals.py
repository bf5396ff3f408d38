"""Demand positive totals."""

from alembic import op

revision = "606f185bb7ca"
down_revision = "368b1ba4c6a0"


def upgrade() -> None:
    op.create_check_constraint("ck_orders_total", "orders", "total >= 0")
