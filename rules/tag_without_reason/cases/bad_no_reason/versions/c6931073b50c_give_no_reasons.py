"""Give no reasons."""

import sqlalchemy as sa
from alembic import op

revision = "c6931073b50c"
down_revision = None


def upgrade() -> None:
    op.drop_column("orders", "fax")  # destructive: approved
    # backfill: ok
    op.alter_column("orders", "note", nullable=False)
    op.alter_column("orders", "total", type_=sa.BigInteger())  # type-change: approved.
    op.drop_column("orders", "telex")  # gauger: ignore[destructive-operation]
