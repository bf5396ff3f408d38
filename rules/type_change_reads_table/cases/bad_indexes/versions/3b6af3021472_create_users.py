"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "3b6af3021472"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.String(100), index=True),
        sa.Column("name", sa.String(100), index=True),
        sa.CheckConstraint("length(email) > 3", name="users_email_long"),
    )

    op.create_index("users_name_lower", "users", [sa.text("lower(name)")])
    op.create_index("users_named", "users", ["id"], postgresql_where=sa.text("name IS NOT NULL"))
