"""Begin another transaction."""

from alembic import op

revision = "ea94a7ca09d0"
down_revision = "fb51e7f6ff2d"


def upgrade() -> None:
    op.execute("COMMIT")
    op.execute("BEGIN")
    op.execute("DROP INDEX CONCURRENTLY ix_orders_status")
