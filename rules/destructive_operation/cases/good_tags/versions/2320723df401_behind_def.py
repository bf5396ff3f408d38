"""A tag behind def covers the function."""

from alembic import op

revision = "2320723df401"
down_revision = "3407ff438740"


def upgrade() -> None:  # destructive: approved no release reads these since 2024.3
    op.drop_column("orders", "coupon")
    op.drop_table("wishes")
