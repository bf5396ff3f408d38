"""Create events."""

from alembic import op

revision = "1b3a9046d852"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE events (id bigint, at timestamptz) PARTITION BY RANGE (at)")
    op.execute("CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')")
    op.execute("CREATE INDEX ix_events_id ON events (id)")
