"""Create lines."""

import sqlalchemy as sa
from alembic import op

revision = "72c41c10c70a"
down_revision = "c5c88f5bbf43"


def upgrade() -> None:
    op.create_table("lines", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text(), index=True))
    op.drop_index("ix_lines_note", table_name="lines")
