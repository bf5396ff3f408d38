"""Act on one engine of several."""

from alembic import op

revision = "47d9cbe54efc"
down_revision = "7d9091f757fa"


def upgrade(engine_name: str = "shop") -> None:
    globals()[f"upgrade_{engine_name}"]()


def upgrade_shop() -> None:
    op.create_index("ix_orders_city", "orders", ["city"])


def upgrade_stats() -> None:
    pass
