"""Demand an email"""

import sqlalchemy as sa
from alembic import op

revision = "f0f0373c34bf"
down_revision = "43c678f7e49d"


def upgrade() -> None:
    op.alter_column("users", "email", existing_type=sa.Text(), nullable=False)
    op.drop_constraint("users_email_not_null", "users")
