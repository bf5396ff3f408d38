"""Create users and lock them"""

import sqlalchemy as sa
from alembic import op

revision = "c91fb1be2d0b"
down_revision = None


def upgrade() -> None:
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.Text()))
    op.create_table("visits", sa.Column("id", sa.Integer(), primary_key=True))

    op.execute("LOCK TABLE users")
