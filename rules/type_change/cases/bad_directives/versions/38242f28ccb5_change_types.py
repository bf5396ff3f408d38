"""Change types."""

import sqlalchemy as sa
from alembic import op

revision = "38242f28ccb5"
down_revision = None


def upgrade() -> None:
    op.alter_column("products", "price", type_=sa.Numeric(12, 2))
    op.alter_column("products", "name", existing_type=sa.String(length=120), type_=sa.String(length=240))
    op.alter_column(
        "orders",
        "total",
        existing_type=sa.Integer(),
        type_=sa.BigInteger(),
        existing_nullable=False,
        schema="shop",
    )
    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.alter_column("born", existing_type=sa.DateTime(), type_=sa.Date(), nullable=True)
