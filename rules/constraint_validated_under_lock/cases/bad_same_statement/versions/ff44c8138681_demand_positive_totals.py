"""Demand positive totals"""

from alembic import op

revision = "ff44c8138681"
down_revision = "02467c6b0c0c"


def upgrade() -> None:
    op.execute("ALTER TABLE orders ADD CONSTRAINT ck_orders_total CHECK (total >= 0) NOT VALID, VALIDATE CONSTRAINT ck_orders_total")
