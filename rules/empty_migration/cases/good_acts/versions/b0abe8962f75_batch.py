"""Act through a batch."""

import sqlalchemy as sa
from alembic import op

revision = "b0abe8962f75"
down_revision = "102621648759"


def upgrade() -> None:
    with op.batch_alter_table("orders") as batch_op:
        batch_op.add_column(sa.Column("note", sa.Text()))
