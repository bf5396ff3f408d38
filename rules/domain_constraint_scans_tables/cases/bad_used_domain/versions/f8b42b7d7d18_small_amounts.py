"""Small amounts"""

from alembic import op

revision = "f8b42b7d7d18"
down_revision = "55fb1c77d80d"


def upgrade() -> None:
    op.execute("ALTER DOMAIN amount ADD CONSTRAINT amount_small CHECK (VALUE < 1000)")
