"""Let the enum inherit the schema."""

import sqlalchemy as sa
from alembic import op

revision = "a024b7b2532d"
down_revision = "5d3fc22b5cbe"


def upgrade() -> None:
    op.execute("CREATE TYPE shop.tide AS ENUM ('high', 'low')")
    op.create_table("shores", sa.Column("tide", sa.Enum("high", "low", name="tide", inherit_schema=True)), schema="shop")
