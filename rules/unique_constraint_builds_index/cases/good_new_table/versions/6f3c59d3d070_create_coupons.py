"""Create coupons."""

import sqlalchemy as sa
from alembic import op

revision = "6f3c59d3d070"
down_revision = "7f72259d2e74"


def upgrade() -> None:
    op.create_table("coupons", sa.Column("code", sa.Text(), unique=True), sa.Column("n", sa.Integer()))
    op.create_unique_constraint("uq_coupons_n", "coupons", ["n"])
    op.add_column("coupons", sa.Column("label", sa.Text(), unique=True))
