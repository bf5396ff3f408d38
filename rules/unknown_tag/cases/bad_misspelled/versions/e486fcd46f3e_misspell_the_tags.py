"""Misspell the tags."""

import sqlalchemy as sa
from alembic import op

revision = "e486fcd46f3e"
down_revision = None


def upgrade() -> None:
    op.drop_column("orders", "fax")  # destructive: aproved no release reads it
    # destuctive: approved
    op.drop_table("visits")
    op.drop_table("baskets")  # destructive: approve
    op.drop_table("wishes")  # Destructive approved by the data team
    # backfil: ok
    op.alter_column("orders", "note", nullable=False)
    op.alter_column("orders", "city", nullable=False)  # back fill: ok
    op.alter_column("orders", "zip", nullable=False)  # backfill ok
    op.alter_column("orders", "total", type_=sa.BigInteger())  # type change: approved
    op.alter_column("orders", "net", type_=sa.BigInteger())  # type_change: approved
    op.alter_column("orders", "tax", type_=sa.BigInteger())  # typechange: approved
