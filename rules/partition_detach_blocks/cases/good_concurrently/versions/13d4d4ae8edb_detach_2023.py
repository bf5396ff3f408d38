"""Detach 2023"""

from alembic import op

revision = "13d4d4ae8edb"
down_revision = "ab007740ed17"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE measures DETACH PARTITION measures_2023 CONCURRENTLY")
