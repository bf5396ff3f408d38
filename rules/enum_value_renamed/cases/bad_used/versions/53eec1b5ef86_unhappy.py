"""Unhappy"""

from alembic import op

revision = "53eec1b5ef86"
down_revision = "b135b2b04a7b"


def upgrade() -> None:
    op.execute("ALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy'")
