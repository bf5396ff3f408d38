"""Check that users have an email"""

from alembic import op

revision = "b62446010e4b"
down_revision = "2c25deb05b6c"


def upgrade() -> None:
    op.create_check_constraint("users_email_not_null", "users", "email IS NOT NULL", postgresql_not_valid=True)
