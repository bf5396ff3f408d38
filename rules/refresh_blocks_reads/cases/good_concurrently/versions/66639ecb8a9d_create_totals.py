"""Create totals"""

from alembic import op

revision = "66639ecb8a9d"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE users (id bigint)")
    op.execute("CREATE MATERIALIZED VIEW totals AS SELECT id, count(*) AS users FROM users GROUP BY id")

    op.execute("CREATE UNIQUE INDEX totals_id ON totals (id)")
