"""A tag covers what is inside its statement."""

import sqlalchemy as sa
from alembic import op

revision = "023a941d5991"
down_revision = "6f336b97ca23"


def upgrade() -> None:
    op.create_index("ix_lines_product", "lines", ["product"])
    # destructive: approved above with
    with op.batch_alter_table("lines") as batch_op:
        batch_op.drop_column("discount")
        batch_op.drop_column("rebate")
    for table in ("shard_1", "shard_2"):  # destructive: approved behind for
        op.drop_table(table)
    # destructive: approved above if
    if sa.inspect(op.get_bind()).has_table("shard_3"):
        op.drop_table("shard_3")
    else:
        op.drop_table("shard_4")
    try:
        # destructive: approved inside try
        op.drop_table("shard_5")
    except sa.exc.ProgrammingError:
        pass
