"""Validate that users have an email"""

from alembic import op

revision = "19660c173b0f"
down_revision = "b62446010e4b"


def upgrade() -> None:
    op.execute("ALTER TABLE users VALIDATE CONSTRAINT users_email_not_null")
