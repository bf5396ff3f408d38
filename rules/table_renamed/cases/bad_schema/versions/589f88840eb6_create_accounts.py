"""Create accounts"""

import sqlalchemy as sa
from alembic import op

revision = "589f88840eb6"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA app")
    op.create_table("accounts", sa.Column("id", sa.Integer(), primary_key=True), schema="app")
