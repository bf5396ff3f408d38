"""A view"""

from alembic import op

revision = "7b66fc8c6f28"
down_revision = "d8aded86ca1d"


def upgrade() -> None:
    op.execute("CREATE VIEW open_orders AS SELECT id FROM orders")
