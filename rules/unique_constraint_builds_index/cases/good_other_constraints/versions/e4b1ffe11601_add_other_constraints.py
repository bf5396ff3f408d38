"""Add other constraints."""

from alembic import op

revision = "e4b1ffe11601"
down_revision = "50f9ea31da42"


def upgrade() -> None:
    op.create_check_constraint("ck_orders_total", "orders", "total >= 0")
    op.create_index("ix_orders_reference", "orders", ["reference"], unique=True)
    op.create_unique_constraint("uq_legacy_code", "legacy", ["code"])
