"""Refresh totals"""

from alembic import op

revision = "a813cc822a89"
down_revision = "fba0cbb815b6"


def upgrade() -> None:
    op.execute("REFRESH MATERIALIZED VIEW public.totals WITH DATA")
