"""Create the shop"""

import sqlalchemy as sa
from alembic import op

revision = "2d3a66edf312"
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
    op.execute("ALTER TABLE users ADD COLUMN upper_mail text GENERATED ALWAYS AS (upper(mail)) STORED")
