"""Create the type if it is missing."""

import sqlalchemy as sa
from alembic import op

revision = "8d1706645a4c"
down_revision = None


def enum_exists(name):
    return bool(op.get_bind().execute(sa.text("SELECT 1 FROM pg_type WHERE typname = :n"), {"n": name}).scalar())


def upgrade() -> None:
    if not enum_exists("mood"):
        op.execute("CREATE TYPE mood AS ENUM ('good', 'bad')")
    op.create_table("days", sa.Column("mood", sa.Enum("good", "bad", name="mood")))
