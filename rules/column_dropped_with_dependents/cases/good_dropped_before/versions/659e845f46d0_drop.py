"""Drop"""

from alembic import op

revision = "659e845f46d0"
down_revision = "c2e57559a1c5"


def upgrade() -> None:
    op.drop_index("ix_orders_user_status", "orders")
    op.drop_column("orders", "status")  # destructive: approved
