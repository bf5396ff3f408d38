"""Create orders"""

import sqlalchemy as sa
from alembic import op

revision = "b135b2b04a7b"
down_revision = None


def upgrade() -> None:
    op.create_table("orders", sa.Column("id", sa.BigInteger(), primary_key=True), sa.Column("code", sa.String(20), unique=True))
    op.create_table("lines", sa.Column("code", sa.Text(), sa.ForeignKey("orders.code")))
