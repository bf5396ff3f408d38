"""Drop"""

from alembic import op

revision = "95482a3d688e"
down_revision = "f28f1b37c383"


def upgrade() -> None:
    op.drop_column("orders", "status")  # destructive: approved
