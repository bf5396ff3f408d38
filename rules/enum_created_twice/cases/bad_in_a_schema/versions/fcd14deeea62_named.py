"""Create the type in a schema."""

import sqlalchemy as sa
from alembic import op

revision = "fcd14deeea62"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA IF NOT EXISTS shop")
    op.execute("CREATE TYPE shop.mood AS ENUM ('good', 'bad')")
    op.create_table("days", sa.Column("mood", sa.Enum("good", "bad", name="mood", schema="shop")))
