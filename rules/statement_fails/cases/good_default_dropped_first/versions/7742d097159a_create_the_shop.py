"""Create the shop"""

import sqlalchemy as sa
from alembic import op

revision = "7742d097159a"
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
    op.add_column("orders", sa.Column("paid", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("orders", sa.Column("plan", sa.String(20), server_default="free"))
    op.add_column("orders", sa.Column("size", sa.Integer(), server_default=sa.text("0")))
    op.add_column("orders", sa.Column("made", sa.DateTime(), server_default=sa.func.now()))
    op.execute("CREATE TYPE plan AS ENUM ('free', 'paid')")
