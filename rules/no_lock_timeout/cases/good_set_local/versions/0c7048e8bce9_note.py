"""Note"""

import sqlalchemy as sa
from alembic import op

revision = "0c7048e8bce9"
down_revision = "69b739e317de"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column("orders", sa.Column("note", sa.Text()))
