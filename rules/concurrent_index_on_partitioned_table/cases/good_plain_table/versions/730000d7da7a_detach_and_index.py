"""Detach and index."""

from alembic import op

revision = "730000d7da7a"
down_revision = "ba3610df56e5"


def upgrade() -> None:
    op.execute("ALTER TABLE events DETACH PARTITION events_2025")
    with op.get_context().autocommit_block():
        op.drop_index("events_2025_id_idx", table_name="events_2025", postgresql_concurrently=True)
        op.create_index("ix_events_2025_at", "events_2025", ["at"], postgresql_concurrently=True)
