"""Create pets"""

from alembic import op

revision = "933bcf7b8007"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
    op.execute("CREATE TABLE pets (id integer, mood mood)")
