"""Tag what needs no tag."""

import sqlalchemy as sa
from alembic import op

revision = "d97be7e1af8f"
down_revision = None


def upgrade() -> None:
    op.drop_index("ix_orders_note", "orders")  # destructive: approved an index holds no data
    # destructive: approved it was moved to the next revision
    op.add_column("orders", sa.Column("note", sa.Text()))
    op.add_column("orders", sa.Column("city", sa.Text()))  # backfill: ok
    # type-change: approved
    op.alter_column("orders", "note", existing_type=sa.Text(), nullable=True)
    # empty: allow
    op.drop_column("orders", "fax")  # destructive: approved this one is fine
