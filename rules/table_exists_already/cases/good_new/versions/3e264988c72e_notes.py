"""Notes"""

from alembic import op

revision = "3e264988c72e"
down_revision = "9b6d3a832223"


def upgrade() -> None:
    op.execute("CREATE TABLE IF NOT EXISTS notes (id bigint PRIMARY KEY)")
