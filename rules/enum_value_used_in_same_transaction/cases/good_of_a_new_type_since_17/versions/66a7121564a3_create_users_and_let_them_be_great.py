"""Create users and let them be great"""

from alembic import op

revision = "66a7121564a3"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
    op.execute("CREATE TABLE users (id bigint PRIMARY KEY, mood mood)")

    op.execute("ALTER TYPE mood ADD VALUE 'great'")
    op.execute("INSERT INTO users (id, mood) VALUES (1, 'great')")
