"""Let a view stand for users"""

from alembic import op

revision = "5e6c88d9cfb3"
down_revision = "45c946cc99d2"


def upgrade() -> None:
    op.rename_table("users", "accounts")
    op.execute("CREATE VIEW users AS SELECT * FROM accounts")
