"""Validate after a change of another table."""

import sqlalchemy as sa
from alembic import op

revision = "e78cc121ce92"
down_revision = "aa60356def66"


def upgrade() -> None:
    op.add_column("customers", sa.Column("name", sa.Text()))
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total")
