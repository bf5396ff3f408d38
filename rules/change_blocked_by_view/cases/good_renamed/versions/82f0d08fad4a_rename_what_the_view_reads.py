"""Rename what the view reads"""

from alembic import op

revision = "82f0d08fad4a"
down_revision = "e1e33a7bb849"


def upgrade() -> None:
    op.alter_column("users", "name", new_column_name="full_name")
    op.rename_table("users", "accounts")
