"""Index a partition."""

from alembic import op

revision = "c356e8b3cbbd"
down_revision = "1b3a9046d852"


def upgrade() -> None:
    op.execute("CREATE INDEX ix_events_at ON ONLY events (at)")
    with op.get_context().autocommit_block():
        op.create_index("ix_events_2025_at", "events_2025", ["at"], postgresql_concurrently=True)
    op.execute("ALTER INDEX ix_events_at ATTACH PARTITION ix_events_2025_at")
