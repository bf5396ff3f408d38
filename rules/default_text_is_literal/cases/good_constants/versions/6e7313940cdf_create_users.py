"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "6e7313940cdf"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.Text()),
        sa.Column("changed_at", sa.DateTime()),
    )
