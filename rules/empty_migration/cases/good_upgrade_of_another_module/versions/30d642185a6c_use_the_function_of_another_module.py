"""Use the function of another module."""

from app.common_migration import upgrade

revision = "30d642185a6c"
down_revision = None


def downgrade() -> None:
    pass
