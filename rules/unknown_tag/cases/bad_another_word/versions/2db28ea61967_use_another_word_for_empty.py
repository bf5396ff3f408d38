"""Use another word for empty."""

revision = "2db28ea61967"
down_revision = "810b63aa9b70"


def upgrade() -> None:
    pass  # empty: allowed, the seed does it
