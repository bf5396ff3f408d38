"""Say it behind the statement."""

revision = "3067c6637a10"
down_revision = "37bef81effc4"


def upgrade() -> None:
    """Upgrade schema."""
    pass  # empty: allow the rows are in a seed script
