"""Thrice"""

import sqlalchemy as sa
from alembic import op

revision = "61e4027faf67"
down_revision = "ba878073ec51"


def upgrade() -> None:
    op.drop_column("orders", "twice")  # destructive: approved it is computed
    op.add_column("orders", sa.Column("twice", sa.Integer(), sa.Computed("qty * 3", persisted=True)))
    op.alter_column("orders", "qty", server_default="3")
