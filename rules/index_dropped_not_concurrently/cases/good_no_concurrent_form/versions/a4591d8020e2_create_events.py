"""Create events."""

from alembic import op

revision = "a4591d8020e2"
down_revision = "f3e2e613f1db"


def upgrade() -> None:
    op.execute("CREATE TABLE events (id bigint, at timestamptz) PARTITION BY RANGE (at)")
    op.execute("CREATE INDEX ix_events_at ON events (at)")
    op.execute("CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')")
