"""Add an indexed column."""

import sqlalchemy as sa
from alembic import op

revision = "2e0845527430"
down_revision = "0ee16355e842"


def upgrade() -> None:
    op.add_column("orders", sa.Column("reference", sa.Text(), index=True))
    op.add_column("orders", sa.Column("note", sa.Text()))
    op.create_index("ix_orders_note", "orders", ["note"], if_not_exists=True)
