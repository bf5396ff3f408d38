"""Create lines unless they are there."""

import sqlalchemy as sa
from alembic import op

revision = "4f723f08fd0e"
down_revision = "54dc980719ac"


def upgrade() -> None:
    if "lines" not in sa.inspect(op.get_bind()).get_table_names():
        op.create_table("lines", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("order_id", sa.Integer()))
        op.create_index("ix_lines_order_id", "lines", ["order_id"])
