"""Begin anew"""

import sqlalchemy as sa
from alembic import op

revision = "285dd15b9ed6"
down_revision = "85a4c255f9cb"


def upgrade() -> None:
    op.drop_table("orders")
    op.create_table("orders", sa.Column("id", sa.BigInteger(), primary_key=True))
