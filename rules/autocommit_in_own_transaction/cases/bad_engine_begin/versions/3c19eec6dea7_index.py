"""Index"""

from alembic import op

revision = "3c19eec6dea7"
down_revision = "9960dfc1399c"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_status", "orders", ["status"], postgresql_concurrently=True)
