"""Check at once and again."""

from alembic import op

revision = "6dc8a2ff4712"
down_revision = "3936ca833ea0"


def upgrade() -> None:
    op.create_check_constraint("ck_orders_total", "orders", "total >= 0")
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total")
