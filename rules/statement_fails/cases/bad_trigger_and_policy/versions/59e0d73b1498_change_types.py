"""Change types"""

import sqlalchemy as sa
from alembic import op

revision = "59e0d73b1498"
down_revision = "1b7c3ff5b925"


def upgrade() -> None:
    op.alter_column("orders", "status", existing_type=sa.Text(), type_=sa.String(80))
    op.alter_column("orders", "total", existing_type=sa.Integer(), type_=sa.BigInteger())
    op.alter_column("orders", "user_id", existing_type=sa.Integer(), type_=sa.BigInteger())
