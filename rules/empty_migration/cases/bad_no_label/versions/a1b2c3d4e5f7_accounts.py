"""No branch begins here."""

revision = "a1b2c3d4e5f7"
down_revision = None
branch_labels = ()


def upgrade() -> None:
    pass
