"""Index other things."""

import sqlalchemy as sa
from alembic import op

revision = "1ec6766951cb"
down_revision = "ddbc5f20ca1e"


def upgrade() -> None:
    op.create_index("ix_orders_id_status", "orders", ["id", "status"])
    op.create_index("uq_orders_status", "orders", ["status"], unique=True)
    op.create_index("ix_orders_open", "orders", ["reference"], postgresql_where=sa.text("status = 'open'"))
    op.create_index("ix_orders_status_pattern", "orders", ["status"], postgresql_ops={"status": "text_pattern_ops"})
    op.create_index("ix_orders_status_desc", "orders", [sa.text("status DESC"), "id"])
    op.create_index("ix_orders_status_hash", "orders", ["status"], postgresql_using="hash")
    op.create_index("ix_orders_status_with", "orders", ["status"], postgresql_include=["reference"])
    op.create_index("ix_customers_email_lower", "customers", [sa.text("lower(email)")])
    op.create_index("ix_legacy", "legacy", ["a"])
