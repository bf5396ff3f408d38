"""Create orders"""

import sqlalchemy as sa
from alembic import op

revision = "af8e8406d738"
down_revision = None


def upgrade() -> None:
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_table("carts", sa.Column("id", sa.Integer(), primary_key=True))
