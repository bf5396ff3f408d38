"""Create enums in a loop."""

import enum

import sqlalchemy as sa
from alembic import op

revision = "ace28be86e59"
down_revision = None


class Mood(enum.Enum):
    good = "good"
    bad = "bad"


ENUMS = {"mood": ["good", "bad"], "weather": ["fair", "foul"]}


def upgrade() -> None:
    for name, labels in ENUMS.items():
        values = ", ".join(f"'{label}'" for label in labels)
        op.execute(f"CREATE TYPE {name} AS ENUM ({values})")
    op.create_table(
        "days",
        sa.Column("mood", sa.Enum(Mood)),
        sa.Column("weather", sa.Enum(*ENUMS["weather"], name="weather", create_type=True)),
    )
