"""Tag something else."""

import sqlalchemy as sa
from alembic import op

revision = "b3a95886085d"
down_revision = None


def upgrade() -> None:
    # destructive: approved but this is a change of type
    op.alter_column("products", "price", type_=sa.BigInteger(), existing_type=sa.Integer())
    op.alter_column("products", "cost", type_=sa.BigInteger())  # type-change: approved
    op.alter_column("products", "sku", type_=sa.Text())
