"""Create days"""

import sqlalchemy as sa
from alembic import op

revision = "ba1d384f2608"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('good', 'bad')")
    op.create_table("days", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("weather", sa.Enum("fair", "foul", name="weather")))
