"""Demand single references."""

from alembic import op

revision = "3190425e4fca"
down_revision = "16a225b99d8a"


def upgrade() -> None:
    op.create_unique_constraint("uq_orders_reference", "orders", ["reference"])
    with op.batch_alter_table("orders") as batch_op:
        batch_op.create_unique_constraint("uq_orders_customer", ["customer_id", "total"], deferrable=True)
