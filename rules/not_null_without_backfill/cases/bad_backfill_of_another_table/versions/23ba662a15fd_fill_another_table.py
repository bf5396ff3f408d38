"""Fill another table."""

import sqlalchemy as sa
from alembic import op

revision = "23ba662a15fd"
down_revision = None

products = sa.table("products", sa.column("weight"))


def upgrade() -> None:
    op.execute("UPDATE orders SET total = 0 WHERE total IS NULL")
    op.execute(products.update().values(weight=1))
    op.alter_column("customers", "display_name", nullable=False)
    op.execute("ALTER TABLE shop.customers ALTER COLUMN country SET NOT NULL")
