"""Empty users"""

from alembic import op

revision = "3b2df7caeeb1"
down_revision = "a9abdfb8566f"


def upgrade() -> None:
    op.execute("TRUNCATE users CASCADE")
