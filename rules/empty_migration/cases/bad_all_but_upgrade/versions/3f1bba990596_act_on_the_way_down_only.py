"""Act on the way down only."""

import sqlalchemy as sa
from alembic import op

revision = "3f1bba990596"
down_revision = None


def add_note():
    op.add_column("orders", sa.Column("note", sa.Text()))


def upgrade() -> None:
    pass


def downgrade() -> None:
    op.drop_column("orders", "note")
