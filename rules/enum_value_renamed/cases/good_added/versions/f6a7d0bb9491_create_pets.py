"""Create pets"""

from alembic import op

revision = "f6a7d0bb9491"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
    op.execute("CREATE TABLE pets (id integer, mood mood)")
