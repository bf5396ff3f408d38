"""Let totals be positive"""

from alembic import op

revision = "22ef67ed67c9"
down_revision = "5f96e023bc92"


def upgrade() -> None:
    op.execute("ALTER TABLE orders ALTER COLUMN total TYPE positive")
