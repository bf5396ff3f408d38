"""Forbid double bookings."""

from alembic import op

revision = "7145fd92c9c4"
down_revision = "e696e8dae121"


def upgrade() -> None:
    # gauger: ignore[exclusion-constraint-on-existing-table] there are 200 bookings
    op.create_exclude_constraint("ex_bookings", "bookings", ("room", "="), ("during", "&&"))
