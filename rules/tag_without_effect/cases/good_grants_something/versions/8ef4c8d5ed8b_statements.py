"""Tag what is there."""

import sqlalchemy as sa
from alembic import op

revision = "8ef4c8d5ed8b"
down_revision = None


def upgrade() -> None:
    op.drop_column("orders", "fax")  # destructive: approved
    # backfill: ok a job has filled it
    op.alter_column("orders", "note", nullable=False)
    op.alter_column("orders", "total", type_=sa.BigInteger())  # type-change: approved
    # destructive: approved both of them
    for table in ("visits", "coupons"):
        op.drop_table(table)
    with op.batch_alter_table("lines") as batch_op:
        # type-change: approved
        batch_op.alter_column("price", type_=sa.Numeric(12, 2))
