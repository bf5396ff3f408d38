"""Add the team"""

import sqlalchemy as sa
from alembic import op

revision = "185aa93657eb"
down_revision = "ca18075c9d76"


def upgrade() -> None:
    op.add_column("orders", sa.Column("seller_id", sa.Integer(), sa.ForeignKey("users.id")), inline_references=True)
