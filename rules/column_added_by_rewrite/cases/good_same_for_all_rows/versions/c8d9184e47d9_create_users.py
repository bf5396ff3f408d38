"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "c8d9184e47d9"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.Text(), nullable=False),
    )

    op.execute("CREATE FUNCTION first_code() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'")
    op.execute("CREATE DOMAIN points AS integer")
