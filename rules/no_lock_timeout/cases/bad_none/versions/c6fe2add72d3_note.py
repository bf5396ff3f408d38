"""Note"""

import sqlalchemy as sa
from alembic import op

revision = "c6fe2add72d3"
down_revision = "24451bd7cdc8"


def upgrade() -> None:
    op.add_column("orders", sa.Column("note", sa.Text()))
