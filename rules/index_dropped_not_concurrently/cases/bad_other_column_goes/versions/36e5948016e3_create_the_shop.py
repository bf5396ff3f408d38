"""Create the shop."""

import sqlalchemy as sa
from alembic import op

revision = "36e5948016e3"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text()),
        sa.UniqueConstraint("reference", name="uq_orders_reference"),
    )
    op.create_index("ix_orders_status", "orders", ["status"])
    op.create_index("ix_orders_open", "orders", ["id"], postgresql_where=sa.text("status = 'open'"))
