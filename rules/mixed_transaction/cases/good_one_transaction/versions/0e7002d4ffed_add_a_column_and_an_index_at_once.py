"""Add a column and an index at once."""

import sqlalchemy as sa
from alembic import op

revision = "0e7002d4ffed"
down_revision = "449adbdea107"


def upgrade() -> None:
    op.add_column("orders", sa.Column("note", sa.Text()))
    op.create_index("ix_orders_note", "orders", ["note"])
