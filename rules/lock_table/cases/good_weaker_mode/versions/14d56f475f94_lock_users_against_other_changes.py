"""Lock users against other changes"""

from alembic import op

revision = "14d56f475f94"
down_revision = "49bde3a9209b"


def upgrade() -> None:
    op.execute("LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE")
