"""Create types of other names."""

import sqlalchemy as sa
from alembic import op

revision = "e4ccdd07c6ec"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('good', 'bad')")
    op.execute("CREATE TYPE point_of_sale AS (x integer, y integer)")
    op.create_table(
        "days",
        sa.Column("weather", sa.Enum("fair", "foul", name="weather")),
        sa.Column("mood", sa.Enum("good", "bad", name="mood", native_enum=False)),
    )
