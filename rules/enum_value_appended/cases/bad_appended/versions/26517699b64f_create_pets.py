"""Create pets"""

from alembic import op

revision = "26517699b64f"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
    op.execute("CREATE TABLE pets (id integer, mood mood)")
