"""Build indexes anew."""

from alembic import op

revision = "7cc4f52d922e"
down_revision = "78b409d2e6b5"


def upgrade() -> None:
    op.execute("REINDEX INDEX ix_orders_status_id")
    op.execute("REINDEX TABLE customers")
