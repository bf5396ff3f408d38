"""Drop and add no key."""

from alembic import op

revision = "a9a2b479fcde"
down_revision = "a021e361398b"


def upgrade() -> None:
    op.create_unique_constraint("uq_log_id", "log", ["id"])
    op.create_primary_key("pk_legacy", "legacy", ["id"])
