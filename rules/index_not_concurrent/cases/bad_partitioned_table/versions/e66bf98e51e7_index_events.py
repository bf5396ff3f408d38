"""Index events."""

from alembic import op

revision = "e66bf98e51e7"
down_revision = "4ff587b796c2"


def upgrade() -> None:
    op.create_index("ix_events_at", "events", ["at"])
