"""Index events."""

from alembic import op

revision = "88ee9d3d7060"
down_revision = "adb09abfb3d9"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("ix_events_at", "events", ["at"], postgresql_concurrently=True)
        op.execute("CREATE INDEX CONCURRENTLY ix_events_at_id ON ONLY events (at, id)")
