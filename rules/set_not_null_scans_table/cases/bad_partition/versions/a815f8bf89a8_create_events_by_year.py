"""Create events by year"""

from alembic import op

revision = "a815f8bf89a8"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA app")
    op.execute("CREATE TABLE app.events (year int NOT NULL, kind text) PARTITION BY RANGE (year)")
    op.execute("CREATE TABLE app.events_2024 PARTITION OF app.events FOR VALUES FROM (2024) TO (2025)")
