"""Data"""

import sqlalchemy as sa
from alembic import op

revision = "ad1cfd2c796d"
down_revision = "0a63ee26d462"


def upgrade() -> None:
    op.add_column("orders", sa.Column("data", sa.JSON()))
