"""Build its index anew."""

from alembic import op

revision = "b35ef905f091"
down_revision = "d6e2edb91ae4"


def upgrade() -> None:
    op.execute("REINDEX INDEX ex_bookings")
    op.execute("REINDEX TABLE legacy")
