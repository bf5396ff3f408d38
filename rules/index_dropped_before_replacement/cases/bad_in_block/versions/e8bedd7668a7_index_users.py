"""Index users"""

from alembic import op

revision = "e8bedd7668a7"
down_revision = "f9e7948c7c48"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_users_status", table_name="users", postgresql_concurrently=True)
        op.create_index("ix_users_status", "users", ["status", "id"], postgresql_concurrently=True)
