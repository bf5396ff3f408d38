"""Create totals without data"""

from alembic import op

revision = "61cac9f30dc6"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE users (id bigint)")
    op.execute("CREATE MATERIALIZED VIEW totals AS SELECT id FROM users WITH NO DATA")
