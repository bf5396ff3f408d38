"""Detach 2023"""

from alembic import op

revision = "f6677b2af8f8"
down_revision = "9c5dd341779c"


def upgrade() -> None:
    op.execute("ALTER TABLE app.measures DETACH PARTITION app.measures_2023")
    op.execute("DROP TABLE app.measures_2023")
