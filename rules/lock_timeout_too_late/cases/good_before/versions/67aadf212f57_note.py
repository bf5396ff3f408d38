"""Note"""

import sqlalchemy as sa
from alembic import op

revision = "67aadf212f57"
down_revision = "c4f1d01b8a4c"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column("orders", sa.Column("note", sa.Text()))
