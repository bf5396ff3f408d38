"""Create the type in a DO block."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "f19ee3beeab0"
down_revision = None


def upgrade() -> None:
    op.execute(
        """
        DO $$ BEGIN
            CREATE TYPE mood AS ENUM ('good', 'bad');
        EXCEPTION
            WHEN duplicate_object THEN NULL;
        END $$
        """
    )
    op.create_table(
        "days",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("mood", postgresql.ENUM("good", "bad", name="mood")),
    )
