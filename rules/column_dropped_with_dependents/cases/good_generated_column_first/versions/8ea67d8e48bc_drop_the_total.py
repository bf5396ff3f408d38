"""Drop the total"""

from alembic import op

revision = "8ea67d8e48bc"
down_revision = "5e0bfa91342a"


def upgrade() -> None:
    op.drop_column("orders", "doubled")
    op.drop_column("orders", "total")
