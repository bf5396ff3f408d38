"""Paid"""

import sqlalchemy as sa
from alembic import op

revision = "659e845f46d0"
down_revision = "c2e57559a1c5"


def upgrade() -> None:
    op.add_column("orders", sa.Column("paid", sa.Boolean()))
    op.execute("UPDATE orders SET paid = false WHERE paid IS NULL")
