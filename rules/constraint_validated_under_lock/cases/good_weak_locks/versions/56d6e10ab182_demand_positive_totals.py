"""Demand positive totals."""

from alembic import op

revision = "56d6e10ab182"
down_revision = "09f2ee08778b"


def upgrade() -> None:
    op.create_check_constraint("ck_orders_total", "orders", "total >= 0", postgresql_not_valid=True)
