"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "f0f9aa0b9a63"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("state", sa.Text()),
    )

    op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
