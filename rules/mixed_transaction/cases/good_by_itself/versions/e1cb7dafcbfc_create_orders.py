"""Create orders."""

import sqlalchemy as sa
from alembic import op

revision = "e1cb7dafcbfc"
down_revision = None


def upgrade() -> None:
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("status", sa.Text()))
