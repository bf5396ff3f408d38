"""Index"""

from alembic import op

revision = "af2957ee61f4"
down_revision = "0c7048e8bce9"


def upgrade() -> None:
    op.execute("COMMIT")
    op.execute("CREATE INDEX CONCURRENTLY ix_orders_status ON orders (status)")
