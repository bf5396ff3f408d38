"""Create the customers again."""

import sqlalchemy as sa
from alembic import op

revision = "a05d8b3e6f77"
down_revision = "9f4c7a2d5e66"


def upgrade() -> None:
    op.create_table("customers", sa.Column("id", sa.BigInteger(), primary_key=True))
