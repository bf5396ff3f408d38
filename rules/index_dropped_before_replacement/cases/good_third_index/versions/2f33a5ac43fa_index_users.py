"""Index users"""

from alembic import op

revision = "2f33a5ac43fa"
down_revision = "e1ad6beab017"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_users_mail", table_name="users", postgresql_concurrently=True)
        op.create_index("ix_users_mail_id", "users", ["mail", "id"], postgresql_concurrently=True)
