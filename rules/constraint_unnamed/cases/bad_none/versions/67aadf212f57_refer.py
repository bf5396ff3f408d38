"""Refer"""

from alembic import op

revision = "67aadf212f57"
down_revision = "c4f1d01b8a4c"


def upgrade() -> None:
    op.create_foreign_key(None, "orders", "users", ["user_id"], ["id"])
