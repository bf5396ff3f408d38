"""Act through the dialect's branch."""

from alembic import op

revision = "7f555979de50"
down_revision = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.create_index("ix_orders_note", "orders", ["note"])
