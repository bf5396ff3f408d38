"""Nullable"""

from alembic import op

revision = "7d73574e57af"
down_revision = "daba4848b2a4"


def upgrade() -> None:
    op.alter_column("orders", "status", nullable=True)
