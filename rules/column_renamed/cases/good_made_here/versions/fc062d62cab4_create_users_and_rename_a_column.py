"""Create users and rename a column"""

import sqlalchemy as sa
from alembic import op

revision = "fc062d62cab4"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text()),
        sa.Column("mail", sa.Text()),
    )

    op.alter_column("users", "name", new_column_name="full_name")
