"""Create measures"""

from alembic import op

revision = "cd0316f687f3"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE measures (year int NOT NULL, value int) PARTITION BY RANGE (year)")
    op.execute("CREATE TABLE measures_2023 PARTITION OF measures FOR VALUES FROM (2023) TO (2024)")
    op.execute("CREATE TABLE measures_2024 (year int NOT NULL, value int)")

    op.execute("CREATE TABLE measures_rest PARTITION OF measures DEFAULT")
