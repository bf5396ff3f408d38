"""Drop in loops."""

from alembic import op

revision = "728e446c568c"
down_revision = None

OLD_TABLES = ("coupons", "visits")
OLD_COLUMNS = {"customers": ["fax", "telex"], "orders": ["coupon"]}


def upgrade() -> None:
    for table in OLD_TABLES:
        op.drop_table(table)
    for table, columns in OLD_COLUMNS.items():
        for column in columns:
            op.drop_column(table, column)
    [op.drop_column("lines", name) for name in ("discount", "rebate")]
    for number in range(2):
        op.drop_table(f"shard_{number}")
