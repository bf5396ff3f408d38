"""Say it for the whole function."""

from alembic import op

revision = "6ea0ca2a08a7"
down_revision = "f3c571b6a45b"


def upgrade() -> None:
    # backfill: ok a job has filled them all
    op.alter_column("products", "weight", nullable=False)
    op.execute("ALTER TABLE products ALTER COLUMN color SET NOT NULL")
