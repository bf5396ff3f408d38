"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "0b6dca6a1dca"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("state", sa.Text()),
    )
