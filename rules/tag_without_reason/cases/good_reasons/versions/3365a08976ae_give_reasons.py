"""Give reasons."""

import sqlalchemy as sa
from alembic import op

revision = "3365a08976ae"
down_revision = None


def upgrade() -> None:
    op.drop_column("orders", "fax")  # destructive: approved no release reads it
    # backfill: ok - a job has filled it
    op.alter_column("orders", "note", nullable=False)
    op.alter_column("orders", "total", type_=sa.BigInteger())  # type-change: approved: 300 rows
    op.drop_column("orders", "telex")  # gauger: ignore[destructive-operation] — see the wiki
    op.drop_column("orders", "pager")  # destructive: approved (#4711)
    op.drop_column("orders", "skype")  # destructive: approved SHOP-12  # noqa: E501
