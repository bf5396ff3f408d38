"""Index in SQL."""

from alembic import op

revision = "d11aaa01d086"
down_revision = "bac800a63385"


def upgrade() -> None:
    op.execute("CREATE INDEX ix_order_lines_on_the_customer_and_the_product_and_the_warehouse_id ON orders (reference)")
