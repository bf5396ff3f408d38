"""Begin with an old database."""

from alembic import op

revision = "697a3837d94b"
down_revision = None


def upgrade() -> None:
    op.create_index("ix_legacy_status", "legacy", ["status"])
    op.execute("CREATE TEMPORARY TABLE picked (id integer)")
    op.execute("CREATE INDEX ON picked (id)")
