"""Index users"""

from alembic import op

revision = "509e9b73d188"
down_revision = "d6e07f71772b"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_users_status", table_name="users", postgresql_concurrently=True)
        op.create_index("ix_users_id_status", "users", ["id", "status"], postgresql_concurrently=True)
