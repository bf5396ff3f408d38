"""Create sums"""

from alembic import op

revision = "7ae307795918"
down_revision = "451bfb9ce420"


def upgrade() -> None:
    op.execute("CREATE MATERIALIZED VIEW sums AS SELECT sum(id) AS id FROM users WITH NO DATA")
    op.execute("REFRESH MATERIALIZED VIEW sums")
