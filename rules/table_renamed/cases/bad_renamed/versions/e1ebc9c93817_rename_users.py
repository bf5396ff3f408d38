"""Rename users"""

from alembic import op

revision = "e1ebc9c93817"
down_revision = "f264f8b242cb"


def upgrade() -> None:
    op.rename_table("users", "accounts")
    op.execute("ALTER TABLE visits SET SCHEMA stats")
