"""Add columns that must have a value."""

import sqlalchemy as sa
from alembic import op

revision = "d55441fa4534"
down_revision = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("display_name", sa.String(200), nullable=False))
    op.add_column("customers", sa.Column("wants_news", sa.Boolean(), default=False, nullable=False))
    with op.batch_alter_table("products", schema="shop") as batch_op:
        batch_op.add_column(sa.Column("weight", sa.Integer(), nullable=False))
    op.execute("ALTER TABLE orders ADD COLUMN currency char(3) NOT NULL")
    op.execute("ALTER TABLE orders ADD COLUMN channel text NOT NULL, ADD COLUMN note text")
