"""A tag covers the clause of a statement."""

import sqlalchemy as sa
from alembic import op

revision = "228ad843ea75"
down_revision = "5ca5a87c849b"


def upgrade() -> None:
    has = sa.inspect(op.get_bind()).has_table
    if has("shard_6"):
        op.create_index("ix_shard_6", "shard_6", ["id"])
    elif has("shard_7"):  # destructive: approved behind elif
        op.drop_table("shard_7")
    # destructive: approved above else
    else:
        op.drop_table("shard_8")
    try:
        op.create_index("ix_shard_9", "shard_9", ["id"])
    except sa.exc.ProgrammingError:  # destructive: approved behind except
        op.drop_table("shard_9")
    finally:
        # destructive: approved the first statement of a clause
        op.drop_table("shard_10")
    with (
        op.batch_alter_table("lines") as lines,  # destructive: approved inside the header of with
        op.batch_alter_table("orders") as orders,
    ):
        lines.drop_column("rebate")
        orders.drop_column("rebate")
