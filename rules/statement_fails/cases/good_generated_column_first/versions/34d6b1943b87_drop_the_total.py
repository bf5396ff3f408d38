"""Drop the total"""

from alembic import op

revision = "34d6b1943b87"
down_revision = "2d3a66edf312"


def upgrade() -> None:
    op.drop_column("orders", "doubled")
    op.drop_column("orders", "total")
