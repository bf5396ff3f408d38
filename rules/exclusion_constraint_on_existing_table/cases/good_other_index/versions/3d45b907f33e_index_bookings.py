"""Index bookings."""

from alembic import op

revision = "3d45b907f33e"
down_revision = "80028cceb311"


def upgrade() -> None:
    op.create_index("ix_bookings_during", "bookings", ["during"], postgresql_using="gist")
    op.execute("ALTER TABLE legacy ADD EXCLUDE USING gist (during WITH &&)")
