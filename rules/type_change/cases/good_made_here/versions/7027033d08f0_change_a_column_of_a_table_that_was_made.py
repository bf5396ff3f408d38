"""Change a column of a table that was made here."""

import sqlalchemy as sa
from alembic import op

revision = "7027033d08f0"
down_revision = None


def upgrade() -> None:
    op.create_table("returns", sa.Column("id", sa.Integer, primary_key=True), sa.Column("reason", sa.String(80)))
    op.alter_column("returns", "reason", existing_type=sa.String(80), type_=sa.Text())
    op.execute("CREATE TABLE refunds AS SELECT id, total FROM orders")
    op.execute("ALTER TABLE refunds ALTER COLUMN total TYPE bigint")
