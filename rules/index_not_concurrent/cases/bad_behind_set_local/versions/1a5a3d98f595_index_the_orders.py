"""Index the orders"""

import sqlalchemy as sa
from alembic import op

revision = "1a5a3d98f595"
down_revision = "e0b1fd8c5c15"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_index("ix_orders_status", "orders", ["status"])
    op.add_column("orders", sa.Column("note", sa.Text()))
