"""Create users and visits"""

import sqlalchemy as sa
from alembic import op

revision = "443662290193"
down_revision = None


def upgrade() -> None:
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.Text()))
    op.create_table("visits", sa.Column("id", sa.Integer(), primary_key=True))
