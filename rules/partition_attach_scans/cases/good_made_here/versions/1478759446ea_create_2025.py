"""Create 2025"""

from alembic import op

revision = "1478759446ea"
down_revision = "2f9f85af7579"


def upgrade() -> None:
    op.execute("CREATE TABLE measures_2025 (LIKE measures INCLUDING ALL)")
    op.execute("ALTER TABLE measures ATTACH PARTITION measures_2025 FOR VALUES FROM (2025) TO (2026)")
