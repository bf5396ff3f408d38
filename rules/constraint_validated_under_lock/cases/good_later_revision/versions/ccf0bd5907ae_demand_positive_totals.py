"""Demand positive totals."""

from alembic import op

revision = "ccf0bd5907ae"
down_revision = "722bd64488f6"


def upgrade() -> None:
    op.create_check_constraint("ck_orders_total", "orders", "total >= 0", postgresql_not_valid=True)
