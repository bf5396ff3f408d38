"""Demand single references in SQL."""

from alembic import op

revision = "f21852012734"
down_revision = "be6616825c35"


def upgrade() -> None:
    op.execute("ALTER TABLE orders ADD UNIQUE (reference)")
    op.execute("ALTER TABLE orders ADD COLUMN number text UNIQUE")
