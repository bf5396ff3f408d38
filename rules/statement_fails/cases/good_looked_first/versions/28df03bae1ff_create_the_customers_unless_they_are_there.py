"""Create the customers unless they are there."""

import sqlalchemy as sa
from alembic import op

revision = "28df03bae1ff"
down_revision = "17cef2afd0ee"


def upgrade() -> None:
    if not sa.inspect(op.get_bind()).has_table("customers"):
        op.create_table("customers", sa.Column("id", sa.BigInteger(), primary_key=True))
