"""Paid"""

import sqlalchemy as sa
from alembic import op

revision = "35f4de812512"
down_revision = "933bcf7b8007"


def upgrade() -> None:
    op.add_column("orders", sa.Column("paid", sa.Boolean()))
    with op.get_context().autocommit_block():
        op.execute("UPDATE orders SET paid = false WHERE paid IS NULL")
