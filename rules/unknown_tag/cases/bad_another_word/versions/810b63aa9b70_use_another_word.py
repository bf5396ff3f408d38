"""Use another word."""

import sqlalchemy as sa
from alembic import op

revision = "810b63aa9b70"
down_revision = None


def upgrade() -> None:
    op.drop_column("orders", "fax")  # destructive: ok
    op.drop_table("visits")  # destructive: allowed
    op.drop_table("baskets")  # destructive: approved-by-data-team
    op.alter_column("orders", "note", nullable=False)  # backfill: approved
    op.alter_column("orders", "city", nullable=False)  # backfill: okay
    op.alter_column("orders", "total", type_=sa.BigInteger())  # type-change: yes
