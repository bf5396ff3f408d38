"""Small amounts"""

from alembic import op

revision = "26517699b64f"
down_revision = "839867941144"


def upgrade() -> None:
    op.execute("ALTER DOMAIN amount ADD CONSTRAINT amount_small CHECK (VALUE < 1000)")
