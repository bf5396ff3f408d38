"""Create the shop"""

import sqlalchemy as sa
from alembic import op

revision = "9f08e530c93c"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("age", sa.Integer()),
    )
