"""Widen the email of users"""

import sqlalchemy as sa
from alembic import op

revision = "89e100ddc737"
down_revision = "fb8572cd1ad7"


def upgrade() -> None:
    op.drop_constraint("users_email_long", "users")
    op.alter_column("users", "email", existing_type=sa.String(100), type_=sa.String(200))
    op.create_check_constraint("users_email_long", "users", "length(email) > 3", postgresql_not_valid=True)
