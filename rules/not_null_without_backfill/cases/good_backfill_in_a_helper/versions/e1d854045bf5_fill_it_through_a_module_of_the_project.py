"""Fill it through a module of the project."""

from alembic import op

from app.migration_helpers import fill

revision = "e1d854045bf5"
down_revision = None


def upgrade() -> None:
    fill("customers", "display_name", "email")
    op.alter_column("customers", "display_name", nullable=False)
