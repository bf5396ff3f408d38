"""Say it alone in the function."""

revision = "6b405a979ea1"
down_revision = "a87d70bf434b"


def upgrade() -> None:
    """Upgrade schema."""
    # empty: allow kept, since databases are stamped with it
