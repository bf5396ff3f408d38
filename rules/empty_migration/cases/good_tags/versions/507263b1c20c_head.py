"""Say it in the head."""

revision = "507263b1c20c"
down_revision = "6b405a979ea1"

# empty: allow the number is taken


def upgrade() -> None:
    pass
