"""Let users be great"""

from alembic import op

revision = "e8e9943935c0"
down_revision = "31091c4461ba"


def upgrade() -> None:
    op.execute("ALTER TYPE mood ADD VALUE 'great'")
    op.execute("UPDATE users SET mood = 'great' WHERE mood = 'ok'")
