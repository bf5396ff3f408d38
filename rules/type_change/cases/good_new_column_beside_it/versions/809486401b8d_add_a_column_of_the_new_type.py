"""Add a column of the new type."""

import sqlalchemy as sa
from alembic import op

revision = "809486401b8d"
down_revision = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("total_big", sa.BigInteger(), nullable=True))
    op.execute("CREATE TYPE order_status_new AS ENUM ('new', 'paid')")
    op.execute("ALTER TABLE orders ADD COLUMN status_new order_status_new")
    op.execute("COMMENT ON COLUMN orders.total IS 'ALTER COLUMN total TYPE bigint is to come'")
