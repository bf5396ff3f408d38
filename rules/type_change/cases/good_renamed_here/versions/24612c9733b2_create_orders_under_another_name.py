"""Create orders under another name"""

import sqlalchemy as sa
from alembic import op

revision = "24612c9733b2"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("code", sa.String(50), index=True),
        sa.Column("total", sa.Integer()),
        sa.Column("email", sa.String(50)),
        sa.CheckConstraint("length(email) > 3", name="orders_email_long"),
    )

    op.rename_table("orders", "purchases")
    op.alter_column("purchases", "total", type_=sa.BigInteger())
