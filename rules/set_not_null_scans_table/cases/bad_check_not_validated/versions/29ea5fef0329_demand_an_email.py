"""Demand an email"""

from alembic import op

revision = "29ea5fef0329"
down_revision = "83a5946044a6"


def upgrade() -> None:
    with op.batch_alter_table("users") as batch:
        batch.alter_column("email", nullable=False)
        batch.drop_constraint("users_email_not_null")
