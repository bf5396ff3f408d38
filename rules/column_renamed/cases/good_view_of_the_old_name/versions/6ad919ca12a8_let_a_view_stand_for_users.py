"""Let a view stand for users"""

from alembic import op

revision = "6ad919ca12a8"
down_revision = "1e710318f257"


def upgrade() -> None:
    op.rename_table("users", "accounts")
    op.alter_column("accounts", "name", new_column_name="full_name")
    op.execute("CREATE VIEW users AS SELECT id, full_name AS name, mail FROM accounts")
