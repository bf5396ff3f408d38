"""Orders"""

from alembic import op

revision = "c3b094d2b301"
down_revision = "057d53234527"


def upgrade() -> None:
    op.execute(
        "INSERT INTO orders (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET status = 'new', status = 'old'"
    )
