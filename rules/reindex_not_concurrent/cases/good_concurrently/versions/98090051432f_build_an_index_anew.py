"""Build an index anew."""

from alembic import op

revision = "98090051432f"
down_revision = "7273e784f46d"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("REINDEX INDEX CONCURRENTLY ix_orders_status_id")
