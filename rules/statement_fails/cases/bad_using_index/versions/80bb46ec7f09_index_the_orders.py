"""Index the orders"""

import sqlalchemy as sa
from alembic import op

revision = "80bb46ec7f09"
down_revision = "c374424aa93d"


def upgrade() -> None:
    op.create_index("ix_plain", "orders", ["status"])
    op.create_index("uq_partial", "orders", ["status"], unique=True, postgresql_where=sa.text("total > 0"))
    op.execute("CREATE UNIQUE INDEX uq_expression ON orders (lower(status))")
