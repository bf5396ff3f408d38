"""Create lines."""

import sqlalchemy as sa
from alembic import op

revision = "a303eafafd95"
down_revision = "c49be5a77153"


def upgrade() -> None:
    op.create_table("lines", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
    op.create_index("ix_lines_note", "lines", ["note"], if_not_exists=True)
    op.create_index("ix_orders_reference", "orders", ["reference"], if_not_exists=True)
