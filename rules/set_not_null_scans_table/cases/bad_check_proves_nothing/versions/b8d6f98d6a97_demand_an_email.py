"""Demand an email"""

from alembic import op

revision = "b8d6f98d6a97"
down_revision = "989ecb487e29"


def upgrade() -> None:
    op.create_check_constraint("users_email_long", "users", "length(email) > 3")
    op.execute("ALTER TABLE users ALTER COLUMN email SET NOT NULL")
