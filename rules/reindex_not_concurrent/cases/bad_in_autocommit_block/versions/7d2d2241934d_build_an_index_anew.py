"""Build an index anew."""

from alembic import op

revision = "7d2d2241934d"
down_revision = "0154c7dbe091"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("REINDEX (VERBOSE) TABLE orders")
