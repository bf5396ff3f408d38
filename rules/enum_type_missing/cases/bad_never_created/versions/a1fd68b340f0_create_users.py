"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "a1fd68b340f0"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("state", sa.Text()),
    )
