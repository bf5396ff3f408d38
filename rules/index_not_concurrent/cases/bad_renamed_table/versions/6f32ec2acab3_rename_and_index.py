"""Rename and index."""

from alembic import op

revision = "6f32ec2acab3"
down_revision = "58fd8e4e5406"


def upgrade() -> None:
    op.rename_table("orders", "sales")
    op.create_index("ix_sales_status", "sales", ["status"])
