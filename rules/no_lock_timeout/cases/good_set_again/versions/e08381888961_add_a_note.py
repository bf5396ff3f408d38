"""Add a note"""

import sqlalchemy as sa
from alembic import op

revision = "e08381888961"
down_revision = "4fc1d883ea73"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column("users", sa.Column("name", sa.Text()))
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = '3s'")
        op.execute("ALTER TABLE orders ADD COLUMN note text")
        op.execute("RESET lock_timeout")
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column("users", sa.Column("place", sa.Text()))
