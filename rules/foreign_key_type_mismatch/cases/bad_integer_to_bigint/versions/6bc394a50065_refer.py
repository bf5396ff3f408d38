"""Refer"""

from alembic import op

revision = "6bc394a50065"
down_revision = "c90a859f5b5a"


def upgrade() -> None:
    op.create_foreign_key("fk_lines_order", "lines", "orders", ["order_id"], ["id"])
