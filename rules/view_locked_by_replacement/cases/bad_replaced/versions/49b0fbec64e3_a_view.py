"""A view"""

from alembic import op

revision = "49b0fbec64e3"
down_revision = "a6f7ece6bfd8"


def upgrade() -> None:
    op.execute("CREATE VIEW open_orders AS SELECT id FROM orders")
