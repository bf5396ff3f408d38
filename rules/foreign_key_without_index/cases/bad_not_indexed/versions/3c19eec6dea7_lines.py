"""Lines"""

import sqlalchemy as sa
from alembic import op

revision = "3c19eec6dea7"
down_revision = "9960dfc1399c"


def upgrade() -> None:
    op.create_table("lines", sa.Column("order_id", sa.Integer(), sa.ForeignKey("orders.id")))
