"""Demand positive totals in SQL."""

from alembic import op

revision = "6982569411cc"
down_revision = "1377baacb2ca"


def upgrade() -> None:
    op.execute("ALTER TABLE orders ADD CHECK (total >= 0)")
    op.execute("ALTER TABLE orders ADD COLUMN tax integer CHECK (tax >= 0)")
