"""Amounts are moods."""

import sqlalchemy as sa
from alembic import op

revision = "6c9f4d1a2e33"
down_revision = "5b7d3c8e6f12"


def upgrade() -> None:
    sa.Enum("low", "high", name="amount").create(op.get_bind())
    op.alter_column("orders", "amount", type_=sa.Enum("low", "high", name="amount"))  # type-change: approved
