"""Lock both"""

from alembic import op

revision = "6b4ea1f17f4a"
down_revision = "ef7765f191c2"


def upgrade() -> None:
    op.execute("LOCK users, visits IN EXCLUSIVE MODE NOWAIT")
