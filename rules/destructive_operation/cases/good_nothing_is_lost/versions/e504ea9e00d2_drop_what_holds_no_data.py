"""Drop what holds no data."""

from alembic import op

revision = "e504ea9e00d2"
down_revision = None


def upgrade() -> None:
    op.drop_index("ix_customers_fax", table_name="customers")
    op.drop_constraint("fk_orders_customer", "orders", type_="foreignkey")
    op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_orders_coupon")
    op.execute("DROP VIEW current_orders")
    op.execute("DROP MATERIALIZED VIEW IF EXISTS sales_by_month")
    op.execute("DROP FUNCTION tax(numeric)")
    op.execute("DROP TRIGGER touch ON orders")
    op.execute("DROP TYPE mood")
    op.execute("ALTER TABLE orders DROP CONSTRAINT ck_orders_total, ALTER COLUMN total DROP DEFAULT")
    op.execute("ALTER TABLE orders ALTER COLUMN total DROP NOT NULL")
    op.execute("ALTER TABLE events DETACH PARTITION events_2019")
    op.execute("DELETE FROM baskets WHERE touched < now() - interval '1 year'")
    op.rename_table("coupons", "vouchers")
