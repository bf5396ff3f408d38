"""Create pets"""

from alembic import op

revision = "818c0cd228bd"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
    op.execute("CREATE TABLE pets (id integer, mood mood)")
