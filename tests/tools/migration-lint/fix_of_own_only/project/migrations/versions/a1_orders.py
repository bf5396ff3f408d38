"""a1"""

import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None


def upgrade() -> None:
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("status", sa.Text()))
    op.execute("SELECT 1 /* a string */")


def downgrade() -> None:
    op.drop_table("orders")
