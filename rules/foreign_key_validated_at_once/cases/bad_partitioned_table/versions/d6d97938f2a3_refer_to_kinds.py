"""Refer to kinds."""

from alembic import op

revision = "d6d97938f2a3"
down_revision = "5a3cc7ebbc2e"


def upgrade() -> None:
    op.create_foreign_key("fk_events_kind_id", "events", "kinds", ["kind_id"], ["id"])
