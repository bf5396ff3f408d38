"""Index users"""

from alembic import op

revision = "fd02b5d33c6a"
down_revision = "5097056c537d"


def upgrade() -> None:
    op.drop_index("ix_users_status", table_name="users")
    with op.get_context().autocommit_block():
        op.create_index("ix_users_status_id", "users", ["status", "id"], postgresql_concurrently=True)
