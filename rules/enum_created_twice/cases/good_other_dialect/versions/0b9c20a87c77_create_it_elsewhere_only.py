"""Create it elsewhere only."""

import sqlalchemy as sa
from alembic import op

revision = "0b9c20a87c77"
down_revision = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "mysql":
        op.execute("CREATE TYPE mood AS ENUM ('good', 'bad')")
    op.create_table("days", sa.Column("mood", sa.Enum("good", "bad", name="mood")))
