"""Create the shop"""

import sqlalchemy as sa
from alembic import op

revision = "d35d8d3f72d1"
down_revision = None


def upgrade() -> None:
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("org_id", sa.Integer()))
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("user_id", sa.Integer()))
    op.create_table("orgs", sa.Column("id", sa.Integer(), primary_key=True))
