"""Refer to customers."""

from alembic import op

revision = "97b3b07cfc0c"
down_revision = "df47acc129a6"


def upgrade() -> None:
    op.create_foreign_key("fk_orders_customer_id", "orders", "customers", ["customer_id"], ["id"])
