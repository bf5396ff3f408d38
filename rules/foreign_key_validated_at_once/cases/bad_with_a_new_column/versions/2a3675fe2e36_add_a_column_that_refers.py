"""Add a column that refers."""

import sqlalchemy as sa
from alembic import op

revision = "2a3675fe2e36"
down_revision = "c3556ddba792"


def upgrade() -> None:
    op.create_table("shops", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("orders", sa.Column("shop_id", sa.Integer(), sa.ForeignKey("shops.id", name="fk_orders_shop_id")))
