"""Act where it never runs."""

from alembic import op

revision = "38fe7759c11f"
down_revision = None

ENABLED = False


def helper():
    op.create_index("ix_orders_note", "orders", ["note"])


def upgrade() -> None:
    if ENABLED:
        helper()
    for column in ():
        op.drop_column("orders", column)
