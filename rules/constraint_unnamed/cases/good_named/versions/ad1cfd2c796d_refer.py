"""Refer"""

from alembic import op

revision = "ad1cfd2c796d"
down_revision = "0a63ee26d462"


def upgrade() -> None:
    op.create_foreign_key("fk_orders_user", "orders", "users", ["user_id"], ["id"])
