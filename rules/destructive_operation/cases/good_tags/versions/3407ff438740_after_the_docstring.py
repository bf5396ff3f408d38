"""A docstring is no statement."""

from alembic import op

revision = "3407ff438740"
down_revision = "7778e2a8d621"


def upgrade() -> None:
    """Upgrade schema."""
    # destructive: approved no release reads these since 2024.3
    op.drop_column("customers", "pager")
    op.drop_table("baskets")
