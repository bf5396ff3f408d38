"""A domain"""

from alembic import op

revision = "839867941144"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE DOMAIN amount AS integer CHECK (VALUE > 0)")
