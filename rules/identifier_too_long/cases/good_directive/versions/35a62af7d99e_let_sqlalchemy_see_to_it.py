"""Let SQLAlchemy see to it."""

from alembic import op

revision = "35a62af7d99e"
down_revision = "1c95523c8ba1"


def upgrade() -> None:
    op.create_index(op.f("ix_order_lines_on_the_customer_and_product_and_the_warehouse_id"), "orders", ["reference"])
