"""Create users under another name"""

import sqlalchemy as sa
from alembic import op

revision = "e66351c5b008"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text()),
        sa.Column("mail", sa.Text()),
    )

    op.rename_table("users", "accounts")
