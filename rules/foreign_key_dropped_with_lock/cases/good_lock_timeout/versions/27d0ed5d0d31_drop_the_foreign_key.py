"""Drop the foreign key."""

from alembic import op

revision = "27d0ed5d0d31"
down_revision = "b7db124149db"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.drop_constraint("fk_orders_customer_id", "orders", type_="foreignkey")
