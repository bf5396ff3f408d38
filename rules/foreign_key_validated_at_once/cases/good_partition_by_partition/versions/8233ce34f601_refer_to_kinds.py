"""Refer to kinds."""

from alembic import op

revision = "8233ce34f601"
down_revision = "7ab574460ead"


def upgrade() -> None:
    op.create_foreign_key(
        "fk_events_2025_kind_id", "events_2025", "kinds", ["kind_id"], ["id"], postgresql_not_valid=True
    )
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE events_2025 VALIDATE CONSTRAINT fk_events_2025_kind_id")
