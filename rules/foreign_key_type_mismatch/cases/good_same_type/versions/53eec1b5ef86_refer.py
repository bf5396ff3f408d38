"""Refer"""

import sqlalchemy as sa
from alembic import op

revision = "53eec1b5ef86"
down_revision = "b135b2b04a7b"


def upgrade() -> None:
    op.add_column("lines", sa.Column("order_id", sa.BigInteger(), sa.ForeignKey("orders.id")))
