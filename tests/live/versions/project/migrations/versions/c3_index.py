"""An index, while others write."""

from alembic import op

revision = "c3"
down_revision = "b2"


def upgrade():
    with op.get_context().autocommit_block():
        op.create_index("ix_users_role", "users", ["role"], postgresql_concurrently=True)


def downgrade():
    op.drop_index("ix_users_role", table_name="users")
