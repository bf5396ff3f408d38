"""Create moods"""

import sqlalchemy as sa
from alembic import op

revision = "d2f74e5d79da"
down_revision = "2e0db37b0e98"


def upgrade() -> None:
    op.create_table("moods", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("mood", sa.Enum("ok", name="mood")))
