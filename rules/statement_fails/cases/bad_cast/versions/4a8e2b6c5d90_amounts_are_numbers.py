"""Amounts are numbers."""

import sqlalchemy as sa
from alembic import op

revision = "4a8e2b6c5d90"
down_revision = "3f0c1d9a7b21"


def upgrade() -> None:
    # type-change: approved
    op.alter_column("orders", "amount", type_=sa.Integer())
