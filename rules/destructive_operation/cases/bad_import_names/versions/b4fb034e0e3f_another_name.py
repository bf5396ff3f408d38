"""Import op under another name."""

from alembic import op as operations

revision = "b4fb034e0e3f"
down_revision = None


def upgrade() -> None:
    operations.drop_column("customers", "fax")
