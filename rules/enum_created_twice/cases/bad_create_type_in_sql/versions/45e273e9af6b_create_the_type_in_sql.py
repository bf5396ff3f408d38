"""Create the type in SQL."""

import sqlalchemy as sa
from alembic import op

revision = "45e273e9af6b"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('good', 'bad')")
    op.create_table(
        "days",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("mood", sa.Enum("good", "bad", name="mood"), nullable=False),
    )
