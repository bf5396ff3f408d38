"""Write past the triggers"""

from alembic import op

revision = "95482a3d688e"
down_revision = "f28f1b37c383"


def upgrade() -> None:
    op.execute("SET LOCAL session_replication_role = replica")
    op.execute("UPDATE orders SET status = 'new' WHERE id = 1")
