"""Unique"""

from alembic import op

revision = "daba4848b2a4"
down_revision = "380139430d99"


def upgrade() -> None:
    op.create_unique_constraint("uq_orders", "orders", ["user_id", "status"])
