"""Another table"""

import sqlalchemy as sa
from alembic import op

revision = "0e7ca3aaa570"
down_revision = "6bc394a50065"


def upgrade() -> None:
    op.create_table("notes", sa.Column("order_id", sa.Integer(), sa.ForeignKey("orders.id")))
