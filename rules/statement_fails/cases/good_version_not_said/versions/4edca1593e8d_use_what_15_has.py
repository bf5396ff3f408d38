"""Use what 15 has"""

from alembic import op

revision = "4edca1593e8d"
down_revision = "58ab2c58d74c"


def upgrade() -> None:
    op.execute("ALTER TABLE orders ADD UNIQUE NULLS NOT DISTINCT (status)")
