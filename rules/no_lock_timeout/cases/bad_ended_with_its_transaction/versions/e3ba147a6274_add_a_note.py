"""Add a note"""

import sqlalchemy as sa
from alembic import op

revision = "e3ba147a6274"
down_revision = "dae0deda8195"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE orders ADD COLUMN note text")
    op.add_column("users", sa.Column("name", sa.Text()))
