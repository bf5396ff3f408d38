"""Tag something else."""

revision = "93c8a44c493c"
down_revision = None


def upgrade() -> None:
    # destructive: approved but there is nothing here
    pass
