"""Detach a year."""

from alembic import op

revision = "2f8ab8aec05a"
down_revision = "fae80d7561cc"


def upgrade() -> None:
    op.execute("ALTER TABLE events DETACH PARTITION events_2025 CONCURRENTLY")
    op.execute("REINDEX TABLE CONCURRENTLY events_2025")
    op.execute("CREATE INDEX CONCURRENTLY ON legacy (id)")
