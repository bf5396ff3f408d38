"""Fill totals"""

from alembic import op

revision = "140c97869052"
down_revision = "61cac9f30dc6"


def upgrade() -> None:
    op.execute("REFRESH MATERIALIZED VIEW totals")
