"""A type, and a table of it"""

import sqlalchemy as sa
from alembic import op

revision = "b1b2c3d4e5f7"
down_revision = None


def upgrade() -> None:
    op.create_table("orders", sa.Column("state", sa.Enum("new", name="order_state")))
