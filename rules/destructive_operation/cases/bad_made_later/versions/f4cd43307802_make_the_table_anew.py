"""Make the table anew."""

import sqlalchemy as sa
from alembic import op

revision = "f4cd43307802"
down_revision = None


def upgrade() -> None:
    op.drop_table("visits")
    op.create_table("visits", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table("baskets", sa.Column("id", sa.Integer, primary_key=True), if_not_exists=True)
    op.drop_table("baskets")
