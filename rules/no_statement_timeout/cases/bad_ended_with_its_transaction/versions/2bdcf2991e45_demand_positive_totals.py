"""Demand positive totals"""

from alembic import op

revision = "2bdcf2991e45"
down_revision = "622772c847e3"


def upgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '1min'")
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_status", "orders", ["status"], postgresql_concurrently=True)
    op.create_check_constraint("ck_orders_total", "orders", "total >= 0")
