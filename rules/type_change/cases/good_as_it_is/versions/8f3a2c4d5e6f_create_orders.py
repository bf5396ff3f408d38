"""Create orders."""

import sqlalchemy as sa
from alembic import op

revision = "8f3a2c4d5e6f"
down_revision = None


def upgrade() -> None:
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.String(20)))
