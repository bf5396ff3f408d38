"""Empty all again"""

from alembic import op

revision = "69596ce3e9be"
down_revision = "372d4b60b78a"


def upgrade() -> None:
    op.execute("TRUNCATE users, orders, lines CASCADE")
