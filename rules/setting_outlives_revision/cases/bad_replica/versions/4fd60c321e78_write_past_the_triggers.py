"""Write past the triggers"""

from alembic import op

revision = "4fd60c321e78"
down_revision = "ad1cfd2c796d"


def upgrade() -> None:
    op.execute("SET session_replication_role = replica")
    op.execute("UPDATE orders SET status = 'new' WHERE id = 1")
