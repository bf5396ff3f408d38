"""Give the log a key."""

from alembic import op

revision = "a88c6bd8fc92"
down_revision = "713349e1244c"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("pk_log", "log", ["id"], unique=True, postgresql_concurrently=True)
    op.execute("ALTER TABLE log ADD CONSTRAINT pk_log PRIMARY KEY USING INDEX pk_log")
