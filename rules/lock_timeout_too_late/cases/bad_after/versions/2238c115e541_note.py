"""Note"""

import sqlalchemy as sa
from alembic import op

revision = "2238c115e541"
down_revision = "7f7fb2104036"


def upgrade() -> None:
    op.add_column("orders", sa.Column("note", sa.Text()))
    op.execute("SET LOCAL lock_timeout = '3s'")
