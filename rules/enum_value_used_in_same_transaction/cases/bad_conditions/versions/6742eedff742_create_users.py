"""Create users"""

from alembic import op

revision = "6742eedff742"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
    op.execute("CREATE TABLE users (id bigint PRIMARY KEY, mood mood, note text)")
