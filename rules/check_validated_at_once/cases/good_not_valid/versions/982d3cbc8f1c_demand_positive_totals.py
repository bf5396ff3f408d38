"""Demand positive totals."""

from alembic import op

revision = "982d3cbc8f1c"
down_revision = "32509b6b1793"


def upgrade() -> None:
    op.create_check_constraint("ck_orders_total", "orders", "total >= 0", postgresql_not_valid=True)
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total")
