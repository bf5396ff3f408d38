"""Drop the customer."""

from alembic import op

revision = "8ece02eeb753"
down_revision = "5cb0f470688f"


def upgrade() -> None:
    op.execute("ALTER TABLE orders DROP COLUMN customer_id")
