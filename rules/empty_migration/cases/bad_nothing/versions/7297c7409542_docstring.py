"""Only a docstring."""

revision = "7297c7409542"
down_revision = "b38348bb9f5b"


def upgrade() -> None:
    """Upgrade schema."""
