"""Refresh totals"""

from alembic import op

revision = "25c81be30fd7"
down_revision = "08fea86d6e4d"


def upgrade() -> None:
    op.execute("REFRESH MATERIALIZED VIEW totals")
