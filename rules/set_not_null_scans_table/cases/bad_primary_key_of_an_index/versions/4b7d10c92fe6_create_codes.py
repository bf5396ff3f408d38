"""Create codes"""

import sqlalchemy as sa
from alembic import op

revision = "4b7d10c92fe6"
down_revision = None


def upgrade() -> None:
    op.create_table("codes", sa.Column("shop", sa.Integer(), nullable=False), sa.Column("code", sa.Text()))
