"""Begin anew"""

from alembic import op

revision = "839867941144"
down_revision = "e0df588e6c39"


def upgrade() -> None:
    op.drop_table("orders")  # destructive: approved
    op.execute("CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY)")
