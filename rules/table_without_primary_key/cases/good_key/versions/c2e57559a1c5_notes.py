"""Notes"""

import sqlalchemy as sa
from alembic import op

revision = "c2e57559a1c5"
down_revision = None


def upgrade() -> None:
    op.create_table("notes", sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True))
