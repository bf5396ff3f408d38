"""Drop through a module of the project."""

from app.migration_helpers import retire_column

revision = "6604ab3c6c7a"
down_revision = None


def upgrade() -> None:
    retire_column("customers", "fax")
