"""Paid"""

import sqlalchemy as sa
from alembic import op

revision = "ab10a26a90e6"
down_revision = "08579364ebdb"


def upgrade() -> None:
    op.add_column("orders", sa.Column("paid", sa.Boolean(), server_default=sa.false()))
