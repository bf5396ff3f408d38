"""Detach 2023"""

from alembic import op

revision = "af937d5c7e9c"
down_revision = "6182d360ee89"


def upgrade() -> None:
    op.execute("ALTER TABLE measures DETACH PARTITION measures_2023")
