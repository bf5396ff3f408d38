"""New"""

from alembic import op

revision = "6392299d5e49"
down_revision = "c0d91a97b93e"


def upgrade() -> None:
    op.execute("UPDATE orders SET status = 'new', total = 0, status = 'old' WHERE id = 1")
