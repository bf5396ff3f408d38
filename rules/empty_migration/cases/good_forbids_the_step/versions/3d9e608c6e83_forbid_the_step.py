"""Forbid the step."""

revision = "3d9e608c6e83"
down_revision = None


def upgrade() -> None:
    raise NotImplementedError("restore the backup instead")
