"""Create 2026"""

from alembic import op

revision = "600621c636f1"
down_revision = "1478759446ea"


def upgrade() -> None:
    op.execute("CREATE TABLE measures_2026 PARTITION OF measures FOR VALUES FROM (2026) TO (2027)")
