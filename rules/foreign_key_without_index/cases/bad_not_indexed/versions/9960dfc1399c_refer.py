"""Refer"""

from alembic import op

revision = "9960dfc1399c"
down_revision = "f6a7d0bb9491"


def upgrade() -> None:
    op.create_foreign_key("fk_orders_user", "orders", "users", ["user_id"], ["id"], postgresql_not_valid=True)
