"""Index"""

from alembic import op

revision = "818c0cd228bd"
down_revision = "ded2fdcc83b2"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_total", "orders", ["total"], postgresql_concurrently=True)
