"""Notes"""

import sqlalchemy as sa
from alembic import op

revision = "7b66fc8c6f28"
down_revision = "d8aded86ca1d"


def upgrade() -> None:
    op.add_column("orders", sa.Column("note", sa.Text()))
    op.add_column("users", sa.Column("note", sa.Text()))
