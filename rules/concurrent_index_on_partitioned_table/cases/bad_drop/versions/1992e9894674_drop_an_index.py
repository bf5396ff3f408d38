"""Drop an index."""

from alembic import op

revision = "1992e9894674"
down_revision = "fc8b3b27d9d0"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_events_id", table_name="events", postgresql_concurrently=True)
