"""Validate and add"""

from alembic import op

revision = "38475110f88f"
down_revision = "4387d2e53668"


def upgrade() -> None:
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total, ADD COLUMN note text")
