"""Widen the name of users"""

from alembic import op

revision = "7d236491ad9f"
down_revision = "a737164cc351"


def upgrade() -> None:
    op.execute("ALTER TABLE users ALTER COLUMN name TYPE text")
