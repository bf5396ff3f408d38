"""Rename what is no table"""

from alembic import op

revision = "7960be17f401"
down_revision = "2bd65ee37302"


def upgrade() -> None:
    op.create_index("users_name", "users", ["name"])
    op.execute("ALTER INDEX users_name RENAME TO ix_users_name")
    op.execute("ALTER SEQUENCE users_id_seq RENAME TO user_ids")
