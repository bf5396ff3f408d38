from alembic import op


def upgrade() -> None:
    op.create_index("ix_orders_note", "orders", ["note"])
