"""Swap the schemas"""

from alembic import op

revision = "650fbe084296"
down_revision = "1b9420f190c7"


def upgrade() -> None:
    op.execute("ALTER SCHEMA app RENAME TO app_before")
    op.execute("ALTER SCHEMA app_next RENAME TO app")
