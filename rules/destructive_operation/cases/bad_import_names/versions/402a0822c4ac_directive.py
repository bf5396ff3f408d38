"""Import the directive."""

from alembic.op import drop_column, drop_table as lose

revision = "402a0822c4ac"
down_revision = "908e0ebb85a5"


def upgrade() -> None:
    drop_column("customers", "pager")
    lose("coupons")
