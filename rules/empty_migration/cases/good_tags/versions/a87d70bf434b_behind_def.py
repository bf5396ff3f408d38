"""Say it at the function."""

revision = "a87d70bf434b"
down_revision = "3067c6637a10"


def upgrade() -> None:  # empty: allow a marker for the release
    pass
