"""Add a unique column."""

import sqlalchemy as sa
from alembic import op

revision = "c1a21ec72afa"
down_revision = "7ad02066f621"


def upgrade() -> None:
    op.add_column("orders", sa.Column("number", sa.Text(), unique=True))
