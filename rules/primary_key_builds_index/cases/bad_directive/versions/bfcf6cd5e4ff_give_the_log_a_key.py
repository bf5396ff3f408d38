"""Give the log a key."""

from alembic import op

revision = "bfcf6cd5e4ff"
down_revision = "f005e1d763e0"


def upgrade() -> None:
    op.create_primary_key("pk_log", "log", ["id"])
