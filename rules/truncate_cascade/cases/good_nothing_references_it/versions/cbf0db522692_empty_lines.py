"""Empty lines"""

from alembic import op

revision = "cbf0db522692"
down_revision = "92748ef8c84a"


def upgrade() -> None:
    op.execute("TRUNCATE lines CASCADE")
