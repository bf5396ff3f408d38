"""Forbid double bookings in SQL."""

from alembic import op

revision = "5859c1de1c1d"
down_revision = "207f8c3a94d8"


def upgrade() -> None:
    op.execute("ALTER TABLE bookings ADD EXCLUDE USING gist (room WITH =, during WITH &&)")
