"""Drop indexes."""

from alembic import op

revision = "dc288d83e10e"
down_revision = "f687c08d25ac"


def upgrade() -> None:
    op.execute("DROP INDEX IF EXISTS ix_orders_status, ix_orders_open")
