"""A view"""

import sqlalchemy as sa
from alembic import op

revision = "4dc9b17035f1"
down_revision = "ab10a26a90e6"


def upgrade() -> None:
    op.execute("CREATE VIEW open_orders AS SELECT id FROM orders")
    op.create_table("lines", sa.Column("order_id", sa.Integer(), sa.ForeignKey("orders.id", name="fk_lines_order")))
