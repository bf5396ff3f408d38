"""A view"""

from alembic import op

revision = "31dc28fd5404"
down_revision = "8f2319f7aef9"


def upgrade() -> None:
    op.execute("CREATE VIEW paid_orders AS SELECT id FROM orders")
