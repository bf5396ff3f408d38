"""Paid"""

import sqlalchemy as sa
from alembic import op

revision = "f082c075dafc"
down_revision = "4dc9b17035f1"


def upgrade() -> None:
    op.add_column("orders", sa.Column("paid", sa.Boolean()))
    op.execute("UPDATE orders SET paid = true WHERE id = 1")
