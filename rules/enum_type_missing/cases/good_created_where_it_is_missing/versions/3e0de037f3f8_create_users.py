"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "3e0de037f3f8"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("state", sa.Text()),
    )
