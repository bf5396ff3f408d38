"""Column"""

import sqlalchemy as sa
from alembic import op

revision = "0a63ee26d462"
down_revision = "67aadf212f57"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column("orders", sa.Column("note", sa.Text()))
