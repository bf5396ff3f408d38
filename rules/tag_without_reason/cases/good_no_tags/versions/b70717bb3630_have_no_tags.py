"""Have no tags."""

import sqlalchemy as sa
from alembic import op

revision = "b70717bb3630"
down_revision = None


def upgrade() -> None:
    # destructive: this is prose
    op.add_column("orders", sa.Column("note", sa.Text()))
