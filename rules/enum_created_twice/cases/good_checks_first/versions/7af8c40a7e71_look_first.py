"""Look first."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "7af8c40a7e71"
down_revision = None


def upgrade() -> None:
    op.create_table("days", sa.Column("mood", sa.Enum("good", "bad", name="mood")))
    sa.Enum("good", "bad", name="mood").create(op.get_bind(), checkfirst=True)
    postgresql.ENUM("good", "bad", name="mood").create(op.get_bind())
    op.execute(
        """
        DO $$ BEGIN
            CREATE TYPE mood AS ENUM ('good', 'bad');
        EXCEPTION
            WHEN duplicate_object THEN NULL;
        END $$
        """
    )
