"""Create the enum and the table."""

import sqlalchemy as sa
from alembic import op

revision = "47940f4ff0b0"
down_revision = None

mood = sa.Enum("good", "bad", name="mood")


def upgrade() -> None:
    mood.create(op.get_bind(), checkfirst=True)
    op.create_table("days", sa.Column("id", sa.Integer, primary_key=True), sa.Column("mood", mood))
