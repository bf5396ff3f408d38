"""Drop an index."""

from alembic import op

revision = "332aff2c038d"
down_revision = "01322ca6362f"


def upgrade() -> None:
    op.drop_index("ix_orders_status", table_name="orders")
    with op.batch_alter_table("orders") as batch_op:
        batch_op.drop_index("ix_orders_open")
