"""Happy"""

from alembic import op

revision = "69b739e317de"
down_revision = "c6fe2add72d3"


def upgrade() -> None:
    op.execute("ALTER TYPE mood ADD VALUE 'happy' AFTER 'ok'")
