"""Add a column, which creates no type."""

import sqlalchemy as sa
from alembic import op

revision = "e0cc3b2e1bb7"
down_revision = None

mood = sa.Enum("good", "bad", name="mood")


def upgrade() -> None:
    mood.create(op.get_bind(), checkfirst=True)
    op.create_table("days", sa.Column("id", sa.Integer, primary_key=True))
    op.add_column("days", sa.Column("mood", mood))
    with op.batch_alter_table("days") as batch_op:
        batch_op.add_column(sa.Column("next_mood", mood))
    op.add_column("days", sa.Column("note", sa.Text()))
    op.alter_column("days", "note", type_=mood, postgresql_using="note::mood")
