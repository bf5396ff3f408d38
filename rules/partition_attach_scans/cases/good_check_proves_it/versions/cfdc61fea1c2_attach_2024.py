"""Attach 2024"""

from alembic import op

revision = "cfdc61fea1c2"
down_revision = "638f05d36eed"


def upgrade() -> None:
    op.execute("ALTER TABLE measures_2024 VALIDATE CONSTRAINT measures_2024_bounds_check")
    op.execute("ALTER TABLE measures ATTACH PARTITION measures_2024 FOR VALUES FROM (2024) TO (2025)")
    op.drop_constraint("measures_2024_bounds_check", "measures_2024")
