"""Let users be great"""

from alembic import op

revision = "3f8fffc6fdcc"
down_revision = "bd9271195fd8"


def upgrade() -> None:
    op.execute("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'great' AFTER 'ok'")
    op.alter_column("users", "mood", server_default="great")
    op.execute("INSERT INTO users (id, mood) VALUES (1, 'great')")
