"""Create 2025"""

from alembic import op

revision = "6c1d4bfe469a"
down_revision = "cd0316f687f3"


def upgrade() -> None:
    op.execute("CREATE TABLE measures_2025 PARTITION OF measures FOR VALUES FROM (2025) TO (2026)")
