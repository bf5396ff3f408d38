"""Index users"""

from alembic import op

revision = "8257da8607e9"
down_revision = "6587ed98123a"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("ix_users_status_new", "users", ["status", "id"], postgresql_concurrently=True)
        op.drop_index("ix_users_status", table_name="users", postgresql_concurrently=True)
        op.execute("ALTER INDEX ix_users_status_new RENAME TO ix_users_status")
