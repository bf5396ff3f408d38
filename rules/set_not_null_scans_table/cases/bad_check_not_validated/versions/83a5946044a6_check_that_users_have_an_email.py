"""Check that users have an email"""

from alembic import op

revision = "83a5946044a6"
down_revision = "16803a4a4ef5"


def upgrade() -> None:
    op.create_check_constraint("users_email_not_null", "users", "email IS NOT NULL", postgresql_not_valid=True)
