"""Change types"""

import sqlalchemy as sa
from alembic import op

revision = "f2ee0bed3cd5"
down_revision = "c6447276025e"


def upgrade() -> None:
    op.alter_column("orders", "paid", existing_type=sa.Boolean(), type_=sa.Integer(), postgresql_using="paid::int")
    op.alter_column("orders", "plan", type_=sa.Enum("free", "paid", name="plan"), postgresql_using="plan::plan")
    op.alter_column("orders", "size", type_=sa.Boolean(), server_default=sa.false(), postgresql_using="size <> 0")
