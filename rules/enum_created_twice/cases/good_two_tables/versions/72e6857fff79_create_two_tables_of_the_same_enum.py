"""Create two tables of the same enum."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "72e6857fff79"
down_revision = None


def upgrade() -> None:
    op.create_table("days", sa.Column("mood", sa.Enum("good", "bad", name="mood")))
    op.create_table(
        "nights",
        sa.Column("mood", sa.Enum("good", "bad", name="mood")),
        sa.Column("next_mood", postgresql.ENUM("good", "bad", name="mood")),
    )
