"""Lock users and visits"""

from alembic import op

revision = "9481cf1e10ad"
down_revision = "d0e8fb41423e"


def upgrade() -> None:
    op.execute("LOCK TABLE users")
    op.execute("LOCK TABLE visits IN SHARE ROW EXCLUSIVE MODE")
