"""Three times"""

from alembic import op

revision = "6dcfef66e8ec"
down_revision = "cb16e06143e1"


def upgrade() -> None:
    op.execute("ALTER TABLE items ALTER COLUMN twice SET EXPRESSION AS (price * 3)")
