"""Index the reference."""

from alembic import op

revision = "602d7bd460b9"
down_revision = "bf50acfded3d"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index(
            "uq_orders_reference_2", "orders", ["reference"], unique=True, if_not_exists=True, postgresql_concurrently=True
        )
