"""Add a column and an index."""

import sqlalchemy as sa
from alembic import op

revision = "92a1dd2f7fc9"
down_revision = "cd2f8d4814b6"


def upgrade() -> None:
    op.add_column("orders", sa.Column("note", sa.Text()))
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)
