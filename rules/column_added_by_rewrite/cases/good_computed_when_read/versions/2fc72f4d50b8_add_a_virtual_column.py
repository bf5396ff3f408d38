"""Add a virtual column"""

from alembic import op

revision = "2fc72f4d50b8"
down_revision = "2031c7275b34"


def upgrade() -> None:
    op.execute("ALTER TABLE users ADD COLUMN lower_email text GENERATED ALWAYS AS (lower(email)) VIRTUAL")
