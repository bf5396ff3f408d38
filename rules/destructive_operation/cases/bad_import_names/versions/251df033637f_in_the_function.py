"""Import in the function."""

revision = "251df033637f"
down_revision = "402a0822c4ac"


def upgrade() -> None:
    from alembic import op

    op.drop_table("visits")
