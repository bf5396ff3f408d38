"""Widen the name of users"""

from alembic import op

revision = "8fba4b1d6305"
down_revision = "3b6af3021472"


def upgrade() -> None:
    op.execute("ALTER TABLE users ALTER COLUMN name TYPE text")
