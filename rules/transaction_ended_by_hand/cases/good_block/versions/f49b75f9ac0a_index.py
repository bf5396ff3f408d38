"""Index"""

from alembic import op

revision = "f49b75f9ac0a"
down_revision = "51e266f406ff"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_status", "orders", ["status"], postgresql_concurrently=True)
