"""Index them."""

from alembic import op
import sqlalchemy as sa

revision = "a2"
down_revision = "a1"


def upgrade():
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_index("ix_orders_status", "orders", ["status"])
    op.add_column("orders", sa.Column("note", sa.Text()))
    op.create_index("ix_orders_note", "orders", ["note"])


def downgrade():
    raise NotImplementedError
