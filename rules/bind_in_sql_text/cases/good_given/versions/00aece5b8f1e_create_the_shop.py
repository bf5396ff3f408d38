"""Create the shop"""

import sqlalchemy as sa
from alembic import op

revision = "00aece5b8f1e"
down_revision = None


def upgrade() -> None:
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("status", sa.Text()))
