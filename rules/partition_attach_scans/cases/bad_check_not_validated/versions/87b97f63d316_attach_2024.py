"""Attach 2024"""

from alembic import op

revision = "87b97f63d316"
down_revision = "fb1a0524e088"


def upgrade() -> None:
    op.execute("ALTER TABLE measures ATTACH PARTITION measures_2024 FOR VALUES FROM (2024) TO (2025)")
