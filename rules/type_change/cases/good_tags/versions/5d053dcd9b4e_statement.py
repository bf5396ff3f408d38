"""Grant a change of type."""

import sqlalchemy as sa
from alembic import op

revision = "5d053dcd9b4e"
down_revision = None


def upgrade() -> None:
    op.alter_column("products", "name", type_=sa.String(240))  # type-change: approved only the catalog changes
    # type-change: approved the table has 300 rows
    with op.batch_alter_table("countries") as batch_op:
        batch_op.alter_column("code", type_=sa.CHAR(2))
        batch_op.alter_column("name", type_=sa.Text())
    op.alter_column(
        "orders",
        "total",
        existing_type=sa.Integer(),
        type_=sa.BigInteger(),  # type-change: approved in the maintenance window
    )
