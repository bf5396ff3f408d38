"""Tag the file for nothing."""

import sqlalchemy as sa
from alembic import op

revision = "a684e4f92272"
down_revision = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("note", sa.Text()))


def downgrade() -> None:
    # destructive: approved
    op.drop_column("orders", "note")
