"""Create the shop."""

import sqlalchemy as sa
from alembic import op

revision = "39e014cbf200"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
    )
