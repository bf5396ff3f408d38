"""A tag covers the line."""

from alembic import op

revision = "89b18d0454c1"
down_revision = "228ad843ea75"


def upgrade() -> None:
    op.create_index("ix_orders_city", "orders", ["city"])
    op.drop_table("shard_11"); op.drop_table("shard_12")  # destructive: approved both on the line
    for table in ("shard_13", "shard_14"): op.drop_table(table)  # destructive: approved in one line
    op.drop_column("customers", \
        "nickname")  # destructive: approved behind a continued line
    op.drop_column(  # destructive: approved behind the opening bracket
        "customers",
        "initials",
    )
    op.execute("""
        DROP TABLE shard_15
    """)  # destructive: approved behind a text of several lines
