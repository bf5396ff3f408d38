"""Create lines."""

import sqlalchemy as sa
from alembic import op

revision = "f95c2af5a1f8"
down_revision = "fb24a3a95fdf"


def upgrade() -> None:
    op.create_table("lines", sa.Column("n", sa.Integer()), sa.CheckConstraint("n > 0", name="ck_lines_n"))
    op.create_check_constraint("ck_lines_n_small", "lines", "n < 1000")
    op.execute("ALTER TABLE lines ADD COLUMN price integer CHECK (price >= 0)")
