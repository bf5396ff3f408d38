"""Demand positive totals."""

from alembic import op

revision = "aa60356def66"
down_revision = "d3bb62af533b"


def upgrade() -> None:
    op.create_check_constraint("ck_orders_total", "orders", "total >= 0", postgresql_not_valid=True)
