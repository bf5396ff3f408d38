"""Rename the schema"""

from alembic import op

revision = "ddadef9f02aa"
down_revision = "589f88840eb6"


def upgrade() -> None:
    op.execute("ALTER SCHEMA app RENAME TO application")
