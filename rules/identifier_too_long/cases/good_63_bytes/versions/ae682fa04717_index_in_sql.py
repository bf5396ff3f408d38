"""Index in SQL."""

from alembic import op

revision = "ae682fa04717"
down_revision = "47013816436a"


def upgrade() -> None:
    op.execute("CREATE INDEX ix_order_lines_on_the_customer_and_product_and_the_warehouse_id ON orders (reference)")
