"""Tag an empty function."""

revision = "fbfc416c7f75"
down_revision = "8ef4c8d5ed8b"


def upgrade() -> None:
    pass  # empty: allow the seed does it
