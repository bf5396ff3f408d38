"""Give no reason for nothing."""

revision = "c0856d7e05c2"
down_revision = "c6931073b50c"


def upgrade() -> None:
    pass  # empty: allow
