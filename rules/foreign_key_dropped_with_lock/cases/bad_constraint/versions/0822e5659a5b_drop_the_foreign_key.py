"""Drop the foreign key."""

from alembic import op

revision = "0822e5659a5b"
down_revision = "3286962ffbe5"


def upgrade() -> None:
    op.drop_constraint("fk_orders_customer_id", "orders", type_="foreignkey")
