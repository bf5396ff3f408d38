"""Validate that users have an email"""

from alembic import op

revision = "43c678f7e49d"
down_revision = "70c9b9b080bc"


def upgrade() -> None:
    op.execute("ALTER TABLE users VALIDATE CONSTRAINT users_email_not_null")
