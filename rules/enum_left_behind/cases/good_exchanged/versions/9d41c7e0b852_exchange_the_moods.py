"""Exchange the moods."""

from alembic import op

revision = "9d41c7e0b852"
down_revision = "3b0f5ad2c6e1"


def exchange(labels: str) -> None:
    op.execute("ALTER TYPE mood RENAME TO old_mood")
    op.execute(f"CREATE TYPE mood AS ENUM ({labels})")
    op.execute("ALTER TABLE pets ALTER COLUMN mood TYPE mood USING mood::text::mood")
    op.execute("DROP TYPE old_mood")


def upgrade() -> None:
    exchange("'sad', 'ok', 'happy'")


def downgrade() -> None:
    op.execute("UPDATE pets SET mood = 'ok' WHERE mood = 'happy'")
    exchange("'sad', 'ok'")
