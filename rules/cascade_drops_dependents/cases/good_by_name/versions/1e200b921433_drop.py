"""Drop"""

from alembic import op

revision = "1e200b921433"
down_revision = "7b66fc8c6f28"


def upgrade() -> None:
    op.execute("DROP VIEW open_orders")
    op.drop_table("orders")  # destructive: approved
