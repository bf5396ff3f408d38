"""Create lines."""

import sqlalchemy as sa
from alembic import op

revision = "e000f9943e0a"
down_revision = "6aefa0794326"


def upgrade() -> None:
    op.create_table(
        "lines",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("order_id", sa.Integer(), sa.ForeignKey("orders.id")),
        sa.Column("gift_to", sa.Integer()),
    )
    op.create_foreign_key("fk_lines_gift_to", "lines", "customers", ["gift_to"], ["id"])
