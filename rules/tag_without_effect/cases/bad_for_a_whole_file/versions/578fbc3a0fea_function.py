"""Tag the function for nothing."""

import sqlalchemy as sa
from alembic import op

revision = "578fbc3a0fea"
down_revision = "0e799a8e7b69"


def upgrade() -> None:
    """Upgrade schema."""
    # backfill: ok copied from another file
    op.add_column("orders", sa.Column("city", sa.Text()))
