"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "034931f169ec"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.Text()),
        sa.Column("name", sa.Text(), nullable=False),
    )

    op.create_check_constraint("users_email_sound", "users", "email IS NOT NULL AND length(email) > 3")
