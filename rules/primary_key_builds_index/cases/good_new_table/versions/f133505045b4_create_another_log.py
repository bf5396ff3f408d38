"""Create another log."""

import sqlalchemy as sa
from alembic import op

revision = "f133505045b4"
down_revision = "4e7b08616cb4"


def upgrade() -> None:
    op.create_table("audit", sa.Column("id", sa.BigInteger(), nullable=False), sa.Column("log_id", sa.BigInteger()))
    op.create_primary_key("pk_audit", "audit", ["id"])
    op.execute("CREATE TABLE old_log AS SELECT * FROM log")
    op.execute("ALTER TABLE old_log ADD PRIMARY KEY (id)")
