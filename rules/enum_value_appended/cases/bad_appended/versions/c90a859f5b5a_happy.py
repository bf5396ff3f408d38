"""Happy"""

from alembic import op

revision = "c90a859f5b5a"
down_revision = "26517699b64f"


def upgrade() -> None:
    op.execute("ALTER TYPE mood ADD VALUE 'happy'")
