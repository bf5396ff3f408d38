"""Only pass."""

revision = "b38348bb9f5b"
down_revision = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
