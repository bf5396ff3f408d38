"""Ignore what is found."""

from alembic import op

revision = "96e3c0403bf1"
down_revision = None


def upgrade() -> None:
    op.drop_column("orders", "fax")  # gauger: ignore[destructive-operation] in the archive
    op.drop_table("visits")  # gauger: ignore[type-change, destructive-operation] one of them is enough
    # gauger: ignore[unknown-tag] it belongs to another tool
    op.create_index("ix_orders_note", "orders", ["note"])  # backfil: ok
    # gauger: ignore[tag-without-effect] the drop comes back next week
    op.create_index("ix_orders_city", "orders", ["city"])  # destructive: approved
