"""Drop the total"""

from alembic import op

revision = "7eaeed934e3b"
down_revision = "599d67bce582"


def upgrade() -> None:
    op.drop_column("orders", "total")
