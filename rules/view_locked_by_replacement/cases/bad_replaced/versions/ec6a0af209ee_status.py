"""Status"""

from alembic import op

revision = "ec6a0af209ee"
down_revision = "49b0fbec64e3"


def upgrade() -> None:
    op.execute("CREATE OR REPLACE VIEW open_orders AS SELECT id, status FROM orders")
