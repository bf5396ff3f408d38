"""Create orders"""

import sqlalchemy as sa
from alembic import op

revision = "d2b44514a5e6"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("qty", sa.Integer()),
        sa.Column("twice", sa.Integer(), sa.Computed("qty * 2", persisted=True)),
    )
