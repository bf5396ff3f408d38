"""Demand positive totals."""

from alembic import op

revision = "babdffb65f49"
down_revision = "84c3b910f0ba"


def upgrade() -> None:
    op.create_check_constraint("ck_orders_total", "orders", "total >= 0", postgresql_not_valid=True)
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total")
