"""Validate the email of users"""

from alembic import op

revision = "b7423cadb975"
down_revision = "89e100ddc737"


def upgrade() -> None:
    op.execute("ALTER TABLE users VALIDATE CONSTRAINT users_email_long")
