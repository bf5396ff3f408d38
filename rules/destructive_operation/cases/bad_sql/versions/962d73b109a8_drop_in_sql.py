"""Drop in SQL."""

from alembic import op

revision = "962d73b109a8"
down_revision = None


def upgrade() -> None:
    op.execute("DROP TABLE coupons, stats.visits")
    op.execute("ALTER TABLE customers DROP COLUMN fax, ADD COLUMN mobile text, DROP COLUMN IF EXISTS telex")
    op.execute("TRUNCATE orders, order_lines")
    op.execute("DROP SCHEMA stats CASCADE")
    op.execute("DROP TYPE order_status CASCADE")
    op.execute("DROP VIEW current_orders CASCADE")
    op.execute(
        """
        UPDATE customers SET mobile = fax WHERE mobile IS NULL;
        ALTER TABLE customers DROP fax;
        """
    )
