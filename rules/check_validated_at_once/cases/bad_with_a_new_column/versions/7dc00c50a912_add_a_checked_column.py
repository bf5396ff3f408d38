"""Add a checked column."""

import sqlalchemy as sa
from alembic import op

revision = "7dc00c50a912"
down_revision = "3ca93128856e"


def upgrade() -> None:
    with op.batch_alter_table("orders") as batch_op:
        batch_op.add_column(sa.Column("tax", sa.Integer()))
        batch_op.create_check_constraint("ck_orders_tax", "tax >= 0")
