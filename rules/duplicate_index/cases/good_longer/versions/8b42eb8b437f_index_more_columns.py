"""Index more columns."""

from alembic import op

revision = "8b42eb8b437f"
down_revision = "7aacba70819f"


def upgrade() -> None:
    op.create_index("ix_orders_status_id_reference", "orders", ["status", "id", "reference"])
    op.create_index("ix_orders_status_id", "orders", ["status", "id"], if_not_exists=True)
