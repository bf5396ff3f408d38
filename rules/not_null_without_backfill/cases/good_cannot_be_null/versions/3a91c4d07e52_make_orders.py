"""Make orders, with rows that come later."""

import sqlalchemy as sa
from alembic import op

revision = "3a91c4d07e52"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("channel", sa.String(20)),
    )
    op.create_check_constraint("ck_channel", "orders", "channel IS NOT NULL")
