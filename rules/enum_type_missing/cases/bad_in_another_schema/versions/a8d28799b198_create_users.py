"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "a8d28799b198"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("state", sa.Text()),
    )

    op.execute("CREATE SCHEMA app")
    op.execute("CREATE TYPE app.mood AS ENUM ('sad', 'ok')")
