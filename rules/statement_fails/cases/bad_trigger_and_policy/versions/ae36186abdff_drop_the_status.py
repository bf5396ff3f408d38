"""Drop the status"""

from alembic import op

revision = "ae36186abdff"
down_revision = "59e0d73b1498"


def upgrade() -> None:
    op.drop_column("orders", "status")
