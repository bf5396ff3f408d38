"""Tag the file for nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0e799a8e7b69"
down_revision = None

# type-change: approved copied from another file


def upgrade() -> None:
    op.add_column("orders", sa.Column("note", sa.Text()))
