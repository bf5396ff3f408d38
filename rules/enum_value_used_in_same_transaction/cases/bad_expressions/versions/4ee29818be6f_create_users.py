"""Create users"""

from alembic import op

revision = "4ee29818be6f"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
    op.execute("CREATE TABLE users (id bigint PRIMARY KEY, mood mood, note text)")
