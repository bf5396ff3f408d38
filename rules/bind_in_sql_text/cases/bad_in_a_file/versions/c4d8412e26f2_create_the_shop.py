"""Create the shop"""

import sqlalchemy as sa
from alembic import op

revision = "c4d8412e26f2"
down_revision = None


def upgrade() -> None:
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("status", sa.Text()))
