"""Hide the enum in a variant."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2232401e21a4"
down_revision = "94c5e59aaad1"


def upgrade() -> None:
    op.execute("CREATE TYPE weather AS ENUM ('fair', 'foul')")
    op.create_table(
        "weeks",
        sa.Column("weather", sa.String(8).with_variant(postgresql.ENUM("fair", "foul", name="weather"), "postgresql")),
    )
