"""Happy"""

from alembic import op

revision = "0e7ca3aaa570"
down_revision = "6bc394a50065"


def upgrade() -> None:
    op.execute("ALTER TYPE mood ADD VALUE 'happy' AFTER 'ok'")
