"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "d6e07f71772b"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("status", sa.Text()),
        sa.Column("mail", sa.Text()),
    )
    op.create_index("ix_users_status", "users", ["status"])
    op.create_index("ix_users_mail", "users", ["mail"])
    op.create_index("ix_users_mail_status", "users", ["mail", "status"])
