"""Go right."""

from alembic import op

revision = "cccccccccccc"
down_revision = "aaaaaaaaaaaa"


def upgrade() -> None:
    op.create_index("ix_orders_right", "orders", ["right"])
