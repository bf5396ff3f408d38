"""Let totals be larger"""

import sqlalchemy as sa
from alembic import op

revision = "9653d6d251f8"
down_revision = "c2a40c4397c5"


def upgrade() -> None:
    op.add_column("orders", sa.Column("total_new", sa.BigInteger(), nullable=True))
