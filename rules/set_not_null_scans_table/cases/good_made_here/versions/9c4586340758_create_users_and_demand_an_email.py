"""Create users and demand an email"""

import sqlalchemy as sa
from alembic import op

revision = "9c4586340758"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.Text()),
        sa.Column("name", sa.Text(), nullable=False),
    )

    op.alter_column("users", "email", nullable=False)
