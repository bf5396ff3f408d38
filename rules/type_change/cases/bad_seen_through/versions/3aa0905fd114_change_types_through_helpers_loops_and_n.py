"""Change types through helpers, loops and names."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "3aa0905fd114"
down_revision = None

MONEY = sa.Numeric(12, 2)


def widen(table, *columns, to=sa.BigInteger()):
    for column in columns:
        op.alter_column(table, column, existing_type=sa.Integer(), type_=to)


def upgrade() -> None:
    widen("orders", "id", "customer_id")
    widen("products", "price", to=MONEY)
    for table in ("lines", "payments"):
        op.execute(f"ALTER TABLE {table} ALTER COLUMN order_id TYPE bigint")
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("products", "data", existing_type=sa.JSON(), type_=postgresql.JSONB())
