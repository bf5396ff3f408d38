"""Create accounts"""

import sqlalchemy as sa
from alembic import op

revision = "1b9420f190c7"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA app")
    op.execute("CREATE SCHEMA app_next")
    op.create_table("accounts", sa.Column("id", sa.Integer(), primary_key=True), schema="app")
    op.create_table("accounts", sa.Column("id", sa.Integer(), primary_key=True), schema="app_next")
