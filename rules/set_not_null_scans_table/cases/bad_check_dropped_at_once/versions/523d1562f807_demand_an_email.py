"""Demand an email"""

from alembic import op

revision = "523d1562f807"
down_revision = "19660c173b0f"


def upgrade() -> None:
    op.execute("ALTER TABLE users ALTER email SET NOT NULL, DROP CONSTRAINT users_email_not_null")
