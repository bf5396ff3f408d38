"""Spell the tags right."""

import sqlalchemy as sa
from alembic import op

revision = "63b4a768ae4a"
down_revision = None


def upgrade() -> None:
    op.drop_column("orders", "fax")  # destructive: approved
    op.drop_column("orders", "telex")  #destructive:approved nobody reads it
    op.drop_column("orders", "pager")  # Destructive: Approved, by the data team
    op.drop_column("orders", "skype")  ## destructive: approved (see the wiki)
    op.drop_column("orders", "icq")  # noqa: E501  # destructive: approved
    op.alter_column("orders", "note", nullable=False)  # backfill: ok
    op.alter_column("orders", "total", type_=sa.BigInteger())  # type-change: approved -- 300 rows
    op.drop_column("orders", "msn")  # gauger: ignore[destructive-operation] in the archive
    op.drop_column("orders", "aim")  # gauger: ignore[destructive-operation, type-change]
