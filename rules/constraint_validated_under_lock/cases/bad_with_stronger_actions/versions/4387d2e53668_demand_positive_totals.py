"""Demand positive totals"""

from alembic import op

revision = "4387d2e53668"
down_revision = "edda9077e07d"


def upgrade() -> None:
    op.create_check_constraint("ck_orders_total", "orders", "total >= 0", postgresql_not_valid=True)
