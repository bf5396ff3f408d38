"""Refresh totals"""

from alembic import op

revision = "74a752dd07f5"
down_revision = "66639ecb8a9d"


def upgrade() -> None:
    op.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY totals")
