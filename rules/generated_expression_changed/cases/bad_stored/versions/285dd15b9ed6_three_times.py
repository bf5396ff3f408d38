"""Three times"""

from alembic import op

revision = "285dd15b9ed6"
down_revision = "85a4c255f9cb"


def upgrade() -> None:
    op.execute("ALTER TABLE items ALTER COLUMN twice SET EXPRESSION AS (price * 3)")
