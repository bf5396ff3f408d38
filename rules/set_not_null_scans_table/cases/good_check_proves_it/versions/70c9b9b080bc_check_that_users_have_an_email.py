"""Check that users have an email"""

from alembic import op

revision = "70c9b9b080bc"
down_revision = "0170e132705e"


def upgrade() -> None:
    op.create_check_constraint("users_email_not_null", "users", "email IS NOT NULL", postgresql_not_valid=True)
