"""Create the shop."""

import sqlalchemy as sa
from alembic import op

revision = "3f0c1d9a7b21"
down_revision = None


def upgrade() -> None:
    op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customers.id", name="fk_customer")),
        sa.Column("amount", sa.String(20)),
        sa.Column("paid", sa.Boolean()),
    )
