"""Compute another value"""

from alembic import op

revision = "ddc931b0609e"
down_revision = "9903e9cc9625"


def upgrade() -> None:
    op.execute("ALTER TABLE users ALTER COLUMN twice SET EXPRESSION AS (id + id)")
