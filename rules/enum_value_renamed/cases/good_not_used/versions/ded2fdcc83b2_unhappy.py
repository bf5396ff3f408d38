"""Unhappy"""

from alembic import op

revision = "ded2fdcc83b2"
down_revision = "3c19eec6dea7"


def upgrade() -> None:
    op.execute("ALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy'")
