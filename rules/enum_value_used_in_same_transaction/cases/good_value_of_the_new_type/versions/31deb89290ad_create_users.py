"""Create users"""

from alembic import op

revision = "31deb89290ad"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
    op.execute("CREATE TABLE users (id bigint PRIMARY KEY, mood mood)")

    op.execute("INSERT INTO users (id, mood) VALUES (1, 'ok')")
