"""Drop old tables"""

from alembic import op

OLD = "users"

revision = "04fff716c880"
down_revision = None


def upgrade() -> None:
    op.execute("DO $$ BEGIN DROP TABLE IF EXISTS visits; END $$")
    op.execute(f"DROP TABLE {OLD}")
