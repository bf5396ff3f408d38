"""Let the application write it"""

from alembic import op

revision = "b3420d723302"
down_revision = "1088fe6c8df7"


def upgrade() -> None:
    op.execute("ALTER TABLE items ALTER COLUMN twice DROP EXPRESSION")
