"""Rename a column of accounts"""

from alembic import op

revision = "7067e93a8788"
down_revision = "7ffa40c91970"


def upgrade() -> None:
    with op.batch_alter_table("accounts", schema="app") as batch:
        batch.alter_column("name", new_column_name="full_name")
