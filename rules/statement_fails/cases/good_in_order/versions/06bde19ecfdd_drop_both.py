"""Drop both."""

import sqlalchemy as sa
from alembic import op

revision = "06bde19ecfdd"
down_revision = "f5acd08dbecc"


def upgrade() -> None:
    # destructive: approved
    op.drop_table("orders")
    op.drop_table("customers")
    op.create_table("customers", sa.Column("id", sa.BigInteger(), primary_key=True))
    with op.get_context().autocommit_block():
        op.execute("VACUUM customers")
