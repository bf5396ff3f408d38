"""Small amounts"""

from alembic import op

revision = "e0df588e6c39"
down_revision = "3e264988c72e"


def upgrade() -> None:
    op.execute("ALTER DOMAIN amount ADD CONSTRAINT amount_small CHECK (VALUE < 1000) NOT VALID")
