"""Delete the rows that have no value."""

import sqlalchemy as sa
from alembic import op

revision = "114fd5236e38"
down_revision = None


def upgrade() -> None:
    op.execute("DELETE FROM baskets WHERE owner IS NULL")
    op.alter_column("baskets", "owner", nullable=False)
    op.execute("TRUNCATE visits")  # destructive: approved they are counted elsewhere
    op.add_column("visits", sa.Column("page", sa.Text(), nullable=False))
