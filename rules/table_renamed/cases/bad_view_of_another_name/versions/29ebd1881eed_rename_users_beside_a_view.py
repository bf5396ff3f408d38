"""Rename users beside a view"""

from alembic import op

revision = "29ebd1881eed"
down_revision = "0c2b330a574c"


def upgrade() -> None:
    op.rename_table("users", "accounts")
    op.execute("CREATE VIEW user_names AS SELECT id, name FROM accounts")
