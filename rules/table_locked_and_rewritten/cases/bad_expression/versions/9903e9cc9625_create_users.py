"""Create users"""

from alembic import op

revision = "9903e9cc9625"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE users (id int, twice int GENERATED ALWAYS AS (id * 2) STORED)")
