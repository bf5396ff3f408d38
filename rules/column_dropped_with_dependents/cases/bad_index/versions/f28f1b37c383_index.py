"""Index"""

from alembic import op

revision = "f28f1b37c383"
down_revision = "4fd60c321e78"


def upgrade() -> None:
    op.create_index("ix_orders_user_status", "orders", ["user_id", "status"])
