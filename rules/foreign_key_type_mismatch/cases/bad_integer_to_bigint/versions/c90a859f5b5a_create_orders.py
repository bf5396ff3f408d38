"""Create orders"""

import sqlalchemy as sa
from alembic import op

revision = "c90a859f5b5a"
down_revision = None


def upgrade() -> None:
    op.create_table("orders", sa.Column("id", sa.BigInteger(), primary_key=True))
    op.create_table("lines", sa.Column("order_id", sa.Integer()))
