"""Create orders"""

import sqlalchemy as sa
from alembic import op

revision = "dac201790bd1"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("code", sa.String(50), index=True),
        sa.Column("price", sa.Numeric(10, 2)),
        sa.Column("total", sa.Integer()),
        sa.Column("data", sa.JSON()),
        sa.Column("placed_at", sa.DateTime()),
    )
