"""Create a log."""

import sqlalchemy as sa
from alembic import op

revision = "a021e361398b"
down_revision = None


def upgrade() -> None:
    op.create_table("log", sa.Column("id", sa.BigInteger(), nullable=False), sa.Column("at", sa.DateTime(), nullable=True))
