"""Larger"""

import sqlalchemy as sa
from alembic import op

revision = "b3420d723302"
down_revision = "1088fe6c8df7"


def upgrade() -> None:
    op.alter_column("orders", "id", type_=sa.BigInteger())  # type-change: approved
    op.add_column("orders", sa.Column("note", sa.Text()))
