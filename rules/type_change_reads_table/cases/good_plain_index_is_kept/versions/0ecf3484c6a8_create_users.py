"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "0ecf3484c6a8"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.String(100), index=True),
        sa.Column("name", sa.String(100), index=True),
        sa.CheckConstraint("length(email) > 3", name="users_email_long"),
    )
