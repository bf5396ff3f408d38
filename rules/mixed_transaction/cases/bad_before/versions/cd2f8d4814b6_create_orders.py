"""Create orders."""

import sqlalchemy as sa
from alembic import op

revision = "cd2f8d4814b6"
down_revision = None


def upgrade() -> None:
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("status", sa.Text()))
