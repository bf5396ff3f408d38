"""Give users defaults in SQL"""

from alembic import op

revision = "63b6e49de15b"
down_revision = "736af583ea87"


def upgrade() -> None:
    op.execute("ALTER TABLE users ADD COLUMN seen_at timestamp DEFAULT now()")
    op.execute("ALTER TABLE users ADD COLUMN began timestamp DEFAULT 'now()'")
