"""Create the shop"""

import sqlalchemy as sa
from alembic import op

revision = "5e0bfa91342a"
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
    op.execute("ALTER TABLE orders ADD COLUMN doubled integer GENERATED ALWAYS AS (total * 2) STORED")
