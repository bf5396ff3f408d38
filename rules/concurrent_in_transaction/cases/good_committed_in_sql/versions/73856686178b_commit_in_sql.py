"""Commit in SQL."""

from alembic import op

revision = "73856686178b"
down_revision = "0651e5286eb7"


def upgrade() -> None:
    op.execute("COMMIT")
    op.execute("DROP INDEX CONCURRENTLY ix_orders_status")
