"""Change types"""

import sqlalchemy as sa
from alembic import op

revision = "e2b486390e5f"
down_revision = "7742d097159a"


def upgrade() -> None:
    op.alter_column("orders", "paid", server_default=None)
    op.alter_column("orders", "paid", type_=sa.Integer(), postgresql_using="paid::int")
    op.alter_column("orders", "paid", server_default=sa.text("1"))
    op.execute("ALTER TABLE orders ALTER plan TYPE plan USING plan::plan, ALTER plan DROP DEFAULT")
    op.alter_column("orders", "size", type_=sa.BigInteger())
    op.alter_column("orders", "made", type_=sa.Date())
