"""Drop the total"""

from alembic import op

revision = "08083f131bb1"
down_revision = "1f67b6a26c66"


def upgrade() -> None:
    op.execute("ALTER TABLE orders DROP COLUMN total CASCADE")
