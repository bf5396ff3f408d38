"""Change the types of orders"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "b56831850f79"
down_revision = "c910f23d085e"


def upgrade() -> None:
    op.alter_column("orders", "total", existing_type=sa.Integer(), type_=sa.BigInteger())
    op.alter_column("orders", "data", type_=postgresql.JSONB(), postgresql_using="data::jsonb")
    op.execute("ALTER TABLE orders ALTER COLUMN code TYPE varchar(20)")
