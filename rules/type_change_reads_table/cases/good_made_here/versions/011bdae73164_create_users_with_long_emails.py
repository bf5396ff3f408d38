"""Create users with long emails"""

import sqlalchemy as sa
from alembic import op

revision = "011bdae73164"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.String(100), index=True),
        sa.Column("name", sa.String(100), index=True),
        sa.CheckConstraint("length(email) > 3", name="users_email_long"),
    )

    op.alter_column("users", "email", type_=sa.String(200))
