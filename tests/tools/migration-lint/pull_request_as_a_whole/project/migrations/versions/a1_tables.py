"""a1: ck_old is below the baseline, and validated by nobody."""

import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None


def upgrade() -> None:
    op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("customer_id", sa.Integer()),
        sa.Column("payer_id", sa.Integer()),
    )
    op.create_check_constraint("ck_old", "orders", "id > 0", postgresql_not_valid=True)
