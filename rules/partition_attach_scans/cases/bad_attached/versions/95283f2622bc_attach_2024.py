"""Attach 2024"""

from alembic import op

revision = "95283f2622bc"
down_revision = "fa7b673046a3"


def upgrade() -> None:
    op.execute("ALTER TABLE measures ATTACH PARTITION measures_2024 FOR VALUES FROM (2024) TO (2025)")
