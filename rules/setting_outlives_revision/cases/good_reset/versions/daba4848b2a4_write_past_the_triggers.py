"""Write past the triggers"""

from alembic import op

revision = "daba4848b2a4"
down_revision = "380139430d99"


def upgrade() -> None:
    op.execute("SET session_replication_role = replica")
    op.execute("UPDATE orders SET status = 'new' WHERE id = 1")
    op.execute("RESET session_replication_role")
