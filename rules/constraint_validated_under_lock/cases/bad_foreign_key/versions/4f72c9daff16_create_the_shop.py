"""Create the shop."""

import sqlalchemy as sa
from alembic import op

revision = "4f72c9daff16"
down_revision = None


def upgrade() -> None:
    op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("email", sa.Text()))
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("customer_id", sa.Integer()),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text()),
    )
