"""Leave a type of SQL to the hand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "c061d30ce0d5"
down_revision = "2344be0c9f3e"


def upgrade() -> None:
    op.execute(
        "DO $$ BEGIN CREATE TYPE weather AS ENUM ('fair', 'foul'); "
        "EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    op.create_table(
        "weeks",
        sa.Column("weather", postgresql.ENUM("fair", "foul", name="weather", create_type=False)),
    )
