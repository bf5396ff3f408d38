"""Demand positive totals."""

from alembic import op

revision = "9dcd94998454"
down_revision = "5418f9165a05"


def upgrade() -> None:
    op.create_check_constraint("ck_orders_total", "orders", "total >= 0", postgresql_not_valid=True)
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total")
