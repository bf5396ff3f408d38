"""Drop an index."""

from alembic import op

revision = "4d28088982e8"
down_revision = "32f8f0730a58"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.drop_index("ix_events_id", table_name="events")
