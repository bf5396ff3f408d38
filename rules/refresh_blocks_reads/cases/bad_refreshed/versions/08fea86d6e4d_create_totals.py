"""Create totals"""

from alembic import op

revision = "08fea86d6e4d"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE users (id bigint)")
    op.execute("CREATE MATERIALIZED VIEW totals AS SELECT id, count(*) AS users FROM users GROUP BY id")
