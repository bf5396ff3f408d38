"""Widen the columns of orders"""

import sqlalchemy as sa
from alembic import op

revision = "df03fecf1e79"
down_revision = "144f5b0afb6a"


def upgrade() -> None:
    op.alter_column("orders", "code", type_=sa.String(100))
    op.alter_column("orders", "total", type_=sa.BigInteger())
    op.alter_column("orders", "email", existing_type=sa.String(50), type_=sa.Text())
