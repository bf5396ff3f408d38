"""Give the table a schema, which the enum does not have."""

import sqlalchemy as sa
from alembic import op

revision = "5d3fc22b5cbe"
down_revision = "fcd14deeea62"


def upgrade() -> None:
    op.execute("CREATE TYPE public.weather AS ENUM ('fair', 'foul')")
    op.create_table("days", sa.Column("weather", sa.Enum("fair", "foul", name="weather")), schema="shop")
