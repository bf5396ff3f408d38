"""Refer"""

from alembic import op

revision = "24451bd7cdc8"
down_revision = "818c0cd228bd"


def upgrade() -> None:
    op.create_index("ix_orders_user", "orders", ["user_id", "status"])
    op.create_foreign_key("fk_orders_user", "orders", "users", ["user_id"], ["id"], postgresql_not_valid=True)
