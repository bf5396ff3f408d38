"""Create the type in another schema."""

import sqlalchemy as sa
from alembic import op

revision = "abefbf8299be"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA IF NOT EXISTS shop")
    op.execute("CREATE TYPE shop.mood AS ENUM ('good', 'bad')")
    op.create_table("days", sa.Column("mood", sa.Enum("good", "bad", name="mood")))
    op.execute("CREATE TYPE weather AS ENUM ('fair', 'foul')")
    op.create_table("weeks", sa.Column("weather", sa.Enum("fair", "foul", name="weather", schema="shop")))
    op.execute("CREATE TYPE tide AS ENUM ('high', 'low')")
    op.create_table("shores", sa.Column("tide", sa.Enum("high", "low", name="tide", inherit_schema=True)), schema="shop")
