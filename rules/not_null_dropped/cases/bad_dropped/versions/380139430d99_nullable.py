"""Nullable"""

from alembic import op

revision = "380139430d99"
down_revision = "95482a3d688e"


def upgrade() -> None:
    op.alter_column("users", "mail", nullable=True)
