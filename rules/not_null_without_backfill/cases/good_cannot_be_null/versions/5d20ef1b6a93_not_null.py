"""NOT NULL where there is no null."""

import sqlalchemy as sa
from alembic import op

revision = "5d20ef1b6a93"
down_revision = "3a91c4d07e52"


def upgrade() -> None:
    op.alter_column("orders", "id", nullable=False)
    op.alter_column("orders", "number", existing_type=sa.String(20), nullable=False)
    op.alter_column("orders", "channel", nullable=False)
    op.add_column("orders", sa.Column("gift", sa.Boolean(), server_default=sa.false()))
    op.alter_column("orders", "gift", nullable=False)
