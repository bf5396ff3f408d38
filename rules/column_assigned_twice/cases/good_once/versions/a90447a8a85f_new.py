"""New"""

from alembic import op

revision = "a90447a8a85f"
down_revision = "064b38a30354"


def upgrade() -> None:
    op.execute("UPDATE orders SET status = 'new', total = 0 WHERE id = 1")
