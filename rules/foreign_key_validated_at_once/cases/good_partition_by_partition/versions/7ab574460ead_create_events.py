"""Create events."""

from alembic import op

revision = "7ab574460ead"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE kinds (id integer PRIMARY KEY)")
    op.execute("CREATE TABLE events (id bigint, kind_id integer, at timestamptz NOT NULL) PARTITION BY RANGE (at)")
    op.execute("CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')")
