"""Larger"""

import sqlalchemy as sa
from alembic import op

revision = "285dd15b9ed6"
down_revision = "85a4c255f9cb"


def upgrade() -> None:
    op.alter_column("orders", "id", type_=sa.BigInteger())  # type-change: approved
    op.alter_column("orders", "user_id", type_=sa.BigInteger())  # type-change: approved
