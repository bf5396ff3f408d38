"""Create measures"""

from alembic import op

revision = "9c5dd341779c"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA app")
    op.execute("CREATE TABLE app.measures (year int NOT NULL) PARTITION BY LIST (year)")
    op.execute("CREATE TABLE app.measures_2023 PARTITION OF app.measures FOR VALUES IN (2023)")
