"""Create nights"""

import sqlalchemy as sa
from alembic import op

revision = "aed9544ade15"
down_revision = "586ae5c1d522"


def upgrade() -> None:
    op.create_table("nights", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("mood", sa.Enum("good", "bad", name="mood")))
    op.execute("CREATE TYPE weather AS ENUM ('fair', 'foul')")
