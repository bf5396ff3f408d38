"""Sort names by their bytes"""

from alembic import op

revision = "62edfa6433da"
down_revision = "ccc9a7676ba8"


def upgrade() -> None:
    op.execute("ALTER TABLE users ALTER COLUMN name TYPE varchar(100) COLLATE \"C\"")
