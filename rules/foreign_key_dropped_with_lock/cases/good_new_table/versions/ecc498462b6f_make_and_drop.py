"""Make and drop."""

import sqlalchemy as sa
from alembic import op

revision = "ecc498462b6f"
down_revision = "1da1712b898c"


def upgrade() -> None:
    op.create_table("lines", sa.Column("order_id", sa.Integer(), sa.ForeignKey("orders.id", name="fk_lines_order_id")))
    op.drop_constraint("fk_lines_order_id", "lines", type_="foreignkey")
    op.drop_table("lines")
