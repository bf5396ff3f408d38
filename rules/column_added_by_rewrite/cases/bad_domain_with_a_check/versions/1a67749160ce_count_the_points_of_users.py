"""Count the points of users"""

from alembic import op

revision = "1a67749160ce"
down_revision = "9c5de077a68e"


def upgrade() -> None:
    op.execute("ALTER TABLE users ADD COLUMN points positive DEFAULT 5")
