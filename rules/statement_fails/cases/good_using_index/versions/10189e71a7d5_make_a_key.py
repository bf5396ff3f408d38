"""Make a key"""

from alembic import op

revision = "10189e71a7d5"
down_revision = "8f65ac84f423"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("uq_orders_status", "orders", ["status"], unique=True, postgresql_concurrently=True)
    op.execute("ALTER TABLE orders ADD CONSTRAINT uq_orders_status UNIQUE USING INDEX uq_orders_status")
