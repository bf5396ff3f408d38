"""Rename a column beside a view"""

from alembic import op

revision = "3963f935a5c6"
down_revision = "89eec8c87096"


def upgrade() -> None:
    op.alter_column("users", "name", new_column_name="full_name")
    op.execute("CREATE VIEW user_names AS SELECT id, full_name AS name FROM users")
