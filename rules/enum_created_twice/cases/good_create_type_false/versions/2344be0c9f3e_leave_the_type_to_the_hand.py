"""Leave the type to the hand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2344be0c9f3e"
down_revision = None

mood = postgresql.ENUM("good", "bad", name="mood", create_type=False)


def upgrade() -> None:
    mood.create(op.get_bind(), checkfirst=True)
    op.create_table("days", sa.Column("id", sa.Integer, primary_key=True), sa.Column("mood", mood))
    op.create_table("nights", sa.Column("moods", postgresql.ARRAY(mood)))
