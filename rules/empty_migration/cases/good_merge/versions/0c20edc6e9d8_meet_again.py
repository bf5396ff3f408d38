"""Meet again."""

revision = "0c20edc6e9d8"
down_revision = ("bbbbbbbbbbbb", "cccccccccccc")


def upgrade() -> None:
    pass
