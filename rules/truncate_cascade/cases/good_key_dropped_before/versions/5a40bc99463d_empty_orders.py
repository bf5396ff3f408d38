"""Empty orders"""

from alembic import op

revision = "5a40bc99463d"
down_revision = "246d5089d3f2"


def upgrade() -> None:
    op.execute("ALTER TABLE lines DROP CONSTRAINT lines_order_id_fkey")
    op.execute("TRUNCATE orders CASCADE")
