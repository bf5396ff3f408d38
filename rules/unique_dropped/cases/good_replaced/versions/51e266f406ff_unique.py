"""Unique"""

from alembic import op

revision = "51e266f406ff"
down_revision = "af2957ee61f4"


def upgrade() -> None:
    op.create_unique_constraint("uq_users_mail", "users", ["mail"])
