"""Create the shop."""

import sqlalchemy as sa
from alembic import op

revision = "d38abe6b9caa"
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
