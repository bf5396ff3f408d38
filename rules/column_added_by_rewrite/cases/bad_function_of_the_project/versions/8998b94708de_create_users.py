"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "8998b94708de"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.Text(), nullable=False),
    )

    op.execute("CREATE FUNCTION next_code() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'")
