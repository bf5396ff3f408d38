"""Create bookings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "d6e2edb91ae4"
down_revision = None


def upgrade() -> None:
    op.create_table("bookings", sa.Column("during", postgresql.TSTZRANGE(), nullable=False))
    op.execute("ALTER TABLE bookings ADD CONSTRAINT ex_bookings EXCLUDE USING gist (during WITH &&)")
