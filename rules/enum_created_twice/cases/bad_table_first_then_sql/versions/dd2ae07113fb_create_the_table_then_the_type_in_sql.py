"""Create the table, then the type in SQL."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "dd2ae07113fb"
down_revision = None


def upgrade() -> None:
    op.create_table("days", sa.Column("mood", postgresql.ENUM("good", "bad", name="mood")))
    op.execute("CREATE TYPE mood AS ENUM ('good', 'bad')")
