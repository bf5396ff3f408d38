"""Validate it after harmless statements."""

import sqlalchemy as sa
from alembic import op

revision = "356138bc8f8f"
down_revision = "56d6e10ab182"


def upgrade() -> None:
    op.create_table("lines", sa.Column("n", sa.Integer()))
    op.create_check_constraint("ck_lines_n", "lines", "n > 0", postgresql_not_valid=True)
    op.execute("ALTER TABLE lines VALIDATE CONSTRAINT ck_lines_n")
    op.execute("UPDATE orders SET total = 0 WHERE total < 0")
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total")
