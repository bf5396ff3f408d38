"""Ignore a rule that the settings leave out."""

import sqlalchemy as sa
from alembic import op

revision = "828173f136d4"
down_revision = "96e3c0403bf1"


def upgrade() -> None:
    op.alter_column("orders", "total", type_=sa.BigInteger())  # gauger: ignore[type-change] ours to judge
