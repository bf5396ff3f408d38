"""Drop the total"""

from alembic import op

revision = "600f30c526c9"
down_revision = "1c3d85c4c6d2"


def upgrade() -> None:
    op.drop_column("orders", "total")  # destructive: approved
