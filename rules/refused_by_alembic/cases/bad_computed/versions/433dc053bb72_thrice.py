"""Thrice"""

import sqlalchemy as sa
from alembic import op

revision = "433dc053bb72"
down_revision = "d2b44514a5e6"


def upgrade() -> None:
    op.alter_column("orders", "twice", server_default=sa.Computed("qty * 3"))
    op.alter_column("orders", "twice", server_default=None, existing_server_default=sa.Computed("qty * 2"))
