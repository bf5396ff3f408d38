"""Write about it without tagging."""

import sqlalchemy as sa
from alembic import op

revision = "5fbb3c72c26b"
down_revision = None


def upgrade() -> None:
    # The column that is destructive to drop stays.
    # destructive: this would drop the column
    # backfill: the rows of 2023 follow in the next revision
    # type-change: from text to citext, see the design
    op.add_column("orders", sa.Column("note", sa.Text()))
    note = "# destructive: approved"
