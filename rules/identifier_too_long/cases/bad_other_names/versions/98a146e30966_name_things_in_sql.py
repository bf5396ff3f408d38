"""Name things in SQL."""

from alembic import op

revision = "98a146e30966"
down_revision = "b1483b51eac9"


def upgrade() -> None:
    op.execute(
        """
        ALTER TABLE orders
            ADD COLUMN the_reason_that_the_customer_gave_for_the_return_of_all_of_the_goods text,
            ADD CONSTRAINT ck_orders_the_reason_that_the_customer_gave_for_the_return_é_is_short CHECK (length(status) < 100)
        """
    )
