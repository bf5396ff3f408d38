"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "0170e132705e"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.Text()),
        sa.Column("name", sa.Text(), nullable=False),
    )
