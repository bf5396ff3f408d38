"""Detach 2023"""

from alembic import op

revision = "5dada3c572af"
down_revision = "56522120354b"


def upgrade() -> None:
    op.execute("ALTER TABLE measures DETACH PARTITION measures_2023")
