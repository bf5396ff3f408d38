"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "1acc396123e5"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text()),
        sa.Column("mail", sa.Text()),
    )
