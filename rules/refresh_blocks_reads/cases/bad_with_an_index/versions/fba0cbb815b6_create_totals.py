"""Create totals"""

from alembic import op

revision = "fba0cbb815b6"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE users (id bigint)")
    op.execute("CREATE MATERIALIZED VIEW totals AS SELECT id, count(*) AS users FROM users GROUP BY id")

    op.execute("CREATE UNIQUE INDEX totals_id ON totals (id)")
