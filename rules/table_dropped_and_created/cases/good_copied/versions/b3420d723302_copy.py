"""Copy"""

import sqlalchemy as sa
from alembic import op

revision = "b3420d723302"
down_revision = "1088fe6c8df7"


def upgrade() -> None:
    op.execute("CREATE TABLE orders_old AS SELECT * FROM orders")
    op.drop_table("orders")
    op.create_table("orders", sa.Column("id", sa.BigInteger(), primary_key=True))
