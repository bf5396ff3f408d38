"""Create items"""

import sqlalchemy as sa
from alembic import op

revision = "85a4c255f9cb"
down_revision = None


def upgrade() -> None:
    op.create_table("items", sa.Column("price", sa.Integer()), sa.Column("twice", sa.Integer(), sa.Computed("price * 2", persisted=True)))
