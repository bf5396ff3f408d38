"""Ignore what is not found."""

import sqlalchemy as sa
from alembic import op

revision = "db26b517dd6b"
down_revision = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("note", sa.Text()))  # gauger: ignore[destructive-operation] none here
    # gauger: ignore[type-change, destructive-operation] neither
    op.create_index("ix_orders_note", "orders", ["note"])
    op.drop_column("orders", "fax")  # gauger: ignore[type-change] the wrong rule
