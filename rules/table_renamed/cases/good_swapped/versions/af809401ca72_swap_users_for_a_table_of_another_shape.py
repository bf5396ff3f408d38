"""Swap users for a table of another shape"""

import sqlalchemy as sa
from alembic import op

revision = "af809401ca72"
down_revision = "1acc396123e5"


def upgrade() -> None:
    op.create_table("users_new", sa.Column("id", sa.BigInteger(), primary_key=True))
    op.rename_table("users", "users_old")
    op.rename_table("users_new", "users")
