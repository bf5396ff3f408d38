"""Another"""

import sqlalchemy as sa
from alembic import op

revision = "6dcfef66e8ec"
down_revision = "cb16e06143e1"


def upgrade() -> None:
    op.drop_table("orders")
    op.create_table("purchases", sa.Column("id", sa.BigInteger(), primary_key=True))
