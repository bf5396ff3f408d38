"""Empty all"""

from alembic import op

revision = "372d4b60b78a"
down_revision = "0e00d0f1eba6"


def upgrade() -> None:
    op.execute("TRUNCATE users, orders, lines")
