"""Tag the file."""

from alembic import op

revision = "e591538c35c8"
down_revision = "fbfc416c7f75"

# destructive: approved baskets are in Redis


def upgrade() -> None:
    op.drop_table("baskets")
