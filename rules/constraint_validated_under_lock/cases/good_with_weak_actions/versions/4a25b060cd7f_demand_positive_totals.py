"""Demand positive totals"""

from alembic import op

revision = "4a25b060cd7f"
down_revision = "6686505d0003"


def upgrade() -> None:
    op.create_check_constraint("ck_orders_total", "orders", "total >= 0", postgresql_not_valid=True)
