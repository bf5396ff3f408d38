"""The index gets a second column: two blocks would leave queries without one between them"""
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
    op.drop_index("ix_users_status", table_name="users")
    op.create_index("ix_users_status", "users", ["status", "id"])


def downgrade():
    op.drop_index("ix_users_status", table_name="users")
    op.create_index("ix_users_status", "users", ["status"])
