"""Create lines."""

import sqlalchemy as sa
from alembic import op

revision = "cf37538a3934"
down_revision = "413b15bba1fb"


def upgrade() -> None:
    op.create_table(
        "lines",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("order_id", sa.Integer(), nullable=False, index=True),
    )
    op.create_index("ix_lines_order_id_id", "lines", ["order_id", "id"])
    op.execute("CREATE TABLE refunds AS SELECT id, status FROM orders")
    op.execute("CREATE INDEX ON refunds (status)")
    op.rename_table("refunds", "returns")
    op.create_index("ix_returns_id", "returns", ["id"])
