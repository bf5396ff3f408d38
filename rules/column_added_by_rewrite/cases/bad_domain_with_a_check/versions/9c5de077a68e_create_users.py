"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "9c5de077a68e"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.Text(), nullable=False),
    )

    op.execute("CREATE DOMAIN positive AS integer CHECK (VALUE > 0)")
