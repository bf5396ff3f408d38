"""Orders"""

from alembic import op

revision = "e0f6d16fb102"
down_revision = "e70f308df90e"


def upgrade() -> None:
    op.execute("INSERT INTO orders (id, status) VALUES (1, '') ON CONFLICT (id) DO UPDATE SET status = 'old'")
