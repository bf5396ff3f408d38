"""Give the log a key of two."""

from alembic import op

revision = "d20a782accef"
down_revision = "5ecd60d62737"


def upgrade() -> None:
    op.execute("ALTER TABLE log ADD PRIMARY KEY (id, at)")
