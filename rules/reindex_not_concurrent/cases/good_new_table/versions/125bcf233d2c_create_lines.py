"""Create lines."""

import sqlalchemy as sa
from alembic import op

revision = "125bcf233d2c"
down_revision = "e16fe82534eb"


def upgrade() -> None:
    op.create_table("lines", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("REINDEX TABLE lines")
