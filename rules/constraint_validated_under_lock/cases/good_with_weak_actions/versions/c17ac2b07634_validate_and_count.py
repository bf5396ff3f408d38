"""Validate and count"""

from alembic import op

revision = "c17ac2b07634"
down_revision = "4a25b060cd7f"


def upgrade() -> None:
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total, ALTER COLUMN status SET STATISTICS 500")
