"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "847d28b0b659"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.Text(), nullable=False),
    )
