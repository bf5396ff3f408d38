"""Only an ellipsis."""

revision = "9233a53744f9"
down_revision = "5121001baa91"


def upgrade() -> None: ...
