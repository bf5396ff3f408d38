"""Refer"""

from alembic import op

revision = "7f7fb2104036"
down_revision = "dcc6a30a9b2b"


def upgrade() -> None:
    op.create_foreign_key(None, "orders", "users", ["user_id"], ["id"], postgresql_not_valid=True)
