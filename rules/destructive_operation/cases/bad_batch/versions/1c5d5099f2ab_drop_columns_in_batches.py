"""Drop columns in batches."""

import sqlalchemy as sa
from alembic import op

revision = "1c5d5099f2ab"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("customers") as batch_op:
        batch_op.add_column(sa.Column("mobile", sa.String(40)))
        batch_op.drop_column("fax")
    with op.batch_alter_table("orders", schema="shop") as orders, op.batch_alter_table("lines") as lines:
        orders.drop_column("coupon")
        lines.drop_column("discount")
