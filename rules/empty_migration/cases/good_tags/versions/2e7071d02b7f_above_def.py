"""Say it above the function."""

revision = "2e7071d02b7f"
down_revision = "507263b1c20c"

# empty: allow the number is taken
def upgrade() -> None:
    pass
