"""Begin."""

from alembic import op

revision = "aaaaaaaaaaaa"
down_revision = None


def upgrade() -> None:
    op.create_index("ix_orders_note", "orders", ["note"])
