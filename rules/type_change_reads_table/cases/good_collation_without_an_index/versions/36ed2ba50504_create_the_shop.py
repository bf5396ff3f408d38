"""Create the shop"""

import sqlalchemy as sa
from alembic import op

revision = "36ed2ba50504"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("mail", sa.Text(), nullable=False),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("user_id", sa.Integer()),
        sa.Column("status", sa.Text()),
        sa.Column("total", sa.Integer(), nullable=False),
    )
    op.create_index("ix_orders_status", "orders", ["status"])
    op.add_column("orders", sa.Column("note", sa.Text()))
