"""Drop or rename it before it is made again."""

import sqlalchemy as sa
from alembic import op

revision = "6f84c92d30d0"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('good', 'bad')")
    op.execute("ALTER TYPE mood RENAME TO old_mood")
    op.create_table("days", sa.Column("mood", sa.Enum("good", "bad", "mixed", name="mood")))
    op.execute("CREATE TYPE weather AS ENUM ('fair', 'foul')")
    op.execute("DROP TYPE weather")
    op.create_table("weeks", sa.Column("weather", sa.Enum("fair", "foul", name="weather")))
    op.drop_table("weeks")
    sa.Enum(name="weather").drop(op.get_bind())
    op.execute("CREATE TYPE weather AS ENUM ('fair', 'foul', 'none')")
