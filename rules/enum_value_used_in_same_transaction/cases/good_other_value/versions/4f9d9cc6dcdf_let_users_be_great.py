"""Let users be great"""

from alembic import op

revision = "4f9d9cc6dcdf"
down_revision = "79f69cfa367c"


def upgrade() -> None:
    op.execute("ALTER TYPE mood ADD VALUE 'great'")
    op.execute("UPDATE users SET mood = 'ok' WHERE mood = 'sad'")
    op.execute("INSERT INTO users (id, mood) VALUES (1, 'ok')")
