"""Forbid double bookings."""

from alembic import op

revision = "dec311be0198"
down_revision = "1a6e150ff3b1"


def upgrade() -> None:
    op.create_exclude_constraint("ex_bookings", "bookings", ("room", "="), ("during", "&&"))
