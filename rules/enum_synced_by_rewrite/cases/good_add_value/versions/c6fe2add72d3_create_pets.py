"""Create pets"""

from alembic import op

revision = "c6fe2add72d3"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
    op.execute("CREATE TABLE pets (id integer, mood mood)")
