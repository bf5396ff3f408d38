"""Create the table, then the enum."""

import sqlalchemy as sa
from alembic import op

revision = "0d6de59aa242"
down_revision = None


def upgrade() -> None:
    op.create_table("days", sa.Column("mood", sa.Enum("good", "bad", name="mood")))
    sa.Enum("good", "bad", name="mood").create(op.get_bind())
