"""Write about it in prose."""

import sqlalchemy as sa
from alembic import op

revision = "d4acb0cc1bb1"
down_revision = None


def upgrade() -> None:
    # Destructive: this drops a column. It was approved.
    # A destructive change, approved by nobody yet.
    # backfill: the rows of 2023 follow
    # Backfill in batches of 5000, ok?
    # empty allow list: everybody may
    # empty: no rows yet
    # Empty strings are allowed.
    # type-change: from text to citext
    # type change is coming
    # type: ignore[arg-type]
    # danger: ignore the warning of the server
    # gauger reads this file
    # gauger: see the README for its tags
    # noqa: E501
    # approved
    # ok
    op.add_column("orders", sa.Column("note", sa.Text()))
    op.execute("UPDATE orders SET note = '# destructive: aproved'")
