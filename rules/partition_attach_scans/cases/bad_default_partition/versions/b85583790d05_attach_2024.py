"""Attach 2024"""

from alembic import op

revision = "b85583790d05"
down_revision = "6c1d4bfe469a"


def upgrade() -> None:
    op.execute("ALTER TABLE measures ATTACH PARTITION measures_2024 FOR VALUES FROM (2024) TO (2025)")
