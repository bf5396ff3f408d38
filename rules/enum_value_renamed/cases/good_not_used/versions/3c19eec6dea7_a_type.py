"""A type"""

from alembic import op

revision = "3c19eec6dea7"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
