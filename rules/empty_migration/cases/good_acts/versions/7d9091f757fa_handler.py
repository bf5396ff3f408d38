"""Act in a handler."""

from alembic import op

revision = "7d9091f757fa"
down_revision = "b0abe8962f75"


def upgrade() -> None:
    try:
        import app.nothing  # noqa: F401
    except ImportError:
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
