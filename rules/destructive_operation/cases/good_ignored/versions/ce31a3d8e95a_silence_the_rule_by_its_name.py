"""Silence the rule by its name."""

from alembic import op

revision = "ce31a3d8e95a"
down_revision = None


def upgrade() -> None:
    op.drop_column("customers", "fax")  # gauger: ignore[destructive-operation] a copy is in the archive
    # gauger: ignore[type-change, destructive-operation] both
    op.drop_table("coupons")
