"""Run what is no SQL"""

from alembic import op

revision = "75c9faba520d"
down_revision = None


def upgrade() -> None:
    op.execute("DROP TABEL users")
